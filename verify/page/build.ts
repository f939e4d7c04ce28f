/**
 * `npm run verify-page`: verify/dist/habeas-verify.html, one file that works from a disk without a network. Its policy
 * (CSP) allows this one script and this one style by their hashes, and no connection at all: also not if a file from a
 * stranger should find a way to run.
 */
import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const here = fileURLToPath(new URL('./', import.meta.url))

/** The whole page as text; the same sources give the same bytes. */
export async function buildPage(): Promise<string> {
  const built = await build({
    configFile: false,
    root: here,
    logLevel: 'error',
    publicDir: false,
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: join(here, 'browser/main.ts'), formats: ['es'] },
    },
  })
  const outputs = Array.isArray(built) ? built : [built]
  const chunks = outputs.flatMap((one) => ('output' in one ? one.output : []))
  const [chunk] = chunks
  if (chunks.length !== 1 || chunk?.type !== 'chunk') throw new Error('the page must be one script')
  // Nothing in the script may end the element that it stands in.
  const script = chunk.code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')
  const style = await readFile(join(here, 'page.css'), 'utf8')
  const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ')
  return `<!doctype html>
<html lang="es">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Habeas</title>
<style>${style}</style>
</head>
<body>
<noscript>Esta página necesita JavaScript. This page needs JavaScript.</noscript>
<script type="module">${script}</script>
</body>
</html>
`
}

if (import.meta.main) {
  const folder = join(here, '../dist')
  const page = await buildPage()
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'habeas-verify.html'), page)
  console.log(`verify/dist/habeas-verify.html, ${Math.round(page.length / 1024)} kB`)
}
