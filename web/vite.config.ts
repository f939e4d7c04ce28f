import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** For `vite` alone, while writing: a server of its own on 5173, the interface behind it on 8472. */
export default defineConfig({
  root: fileURLToPath(new URL('./', import.meta.url)),
  base: '/',
  plugins: [react()],
  server: {
    proxy: Object.fromEntries(
      ['/api', '/sign-in', '/sign-out', '/issuer', '/tile', '/checkpoint'].map((path) => [
        path,
        process.env.HABEAS_URL ?? 'http://127.0.0.1:8472',
      ]),
    ),
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // Fonts and icons are files: a data: address would need a hole in the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // Named by whom they serve they would be longer than the server takes; `~` it does not take either.
        chunkFileNames: ({ name }) => `assets/${name.split('~')[0]}-[hash].js`,
        // What changes seldom stays in the browsers' caches when the console changes.
        codeSplitting: { groups: [{ name: 'packages', test: /node_modules/, entriesAware: true }] },
      },
    },
  },
})
