import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './frame/fonts.css'
import './frame/mantine.css'
import './frame/tokens.css'
import './frame/base.css'
import { queryClient } from './frame/api.ts'
import { watchReader } from './frame/reader.ts'
import { router } from './frame/router.tsx'
import { colorSchemeManager, cssVariablesResolver, getStyleNonce, theme } from './frame/theme.ts'
import { choose, LanguageProvider, words } from './frame/words.ts'

const own = words({
  old: {
    en: 'This browser is too old for Habeas: it cannot reckon with time. Chrome 144, Firefox 139 or newer will do.',
    es: 'Este navegador es demasiado antiguo para Habeas: no sabe contar el tiempo. Sirve Chrome 144, Firefox 139 o más nuevo.',
  },
})

const place = document.querySelector('#root')
if (place === null) throw new Error('index.html has no #root')
if (typeof Temporal === 'undefined') {
  place.textContent = `${choose(own, 'es').old} ${choose(own, 'en').old}`
} else {
  watchReader(window)
  createRoot(place).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariablesResolver}
        colorSchemeManager={colorSchemeManager}
        defaultColorScheme="light"
        getStyleNonce={getStyleNonce}
      >
        <QueryClientProvider client={queryClient}>
          <LanguageProvider>
            <RouterProvider router={router} />
          </LanguageProvider>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
}
