import { type CSSVariablesResolver, createTheme, localStorageColorSchemeManager } from '@mantine/core'

/** Mantine supplies buttons, fields, lists of choices and dialogs; how they look comes from tokens.css alone. */
export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-mono)',
  headings: { fontFamily: 'var(--font)', fontWeight: '650' },
  defaultRadius: 4,
  primaryColor: 'dark',
  focusRing: 'never', // base.css draws it, the same for all
  respectReducedMotion: true,
  cursorType: 'pointer',
  shadows: { xs: 'none', sm: 'none', md: 'none', lg: 'none', xl: 'none' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '15px', xl: '22px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '20px', xl: '28px' },
  components: {
    Modal: { defaultProps: { transitionProps: { duration: 0 }, overlayProps: { backgroundOpacity: 0.5 } } },
    Popover: { defaultProps: { transitionProps: { duration: 0 } } },
    Menu: { defaultProps: { transitionProps: { duration: 0 } } },
    Combobox: { defaultProps: { transitionProps: { duration: 0 } } },
  },
})

const bound = {
  '--mantine-color-body': 'var(--page)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-anchor': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-3)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-error': 'var(--ink)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--sunken)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--control)',
  '--mantine-color-disabled': 'var(--surface)',
  '--mantine-color-disabled-color': 'var(--ink-3)',
  '--mantine-color-disabled-border': 'var(--control)',
  '--mantine-primary-color-filled': 'var(--action)',
  '--mantine-primary-color-filled-hover': 'var(--action)',
  '--mantine-primary-color-contrast': 'var(--action-ink)',
  '--mantine-primary-color-light': 'var(--sunken)',
  '--mantine-primary-color-light-color': 'var(--action)',
}

export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light: bound, dark: bound })

/** Chosen by whoever sits here, kept on this device, never by the clock. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: 'habeas.theme' })

/** What the content policy lets `<style>` elements through by: the server writes it into each page. */
export const getStyleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="habeas-nonce"]')?.content ?? ''
