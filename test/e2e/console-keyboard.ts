// Moving about with the keyboard alone, as somebody does who has no mouse.
import assert from 'node:assert/strict'
import type { BrowserContext, Page } from 'playwright-core'

const STEPS_MAX = 120

/** Presses Tab until the focus is on what has this name (or label), and says that it can be seen there. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  const passed: string[] = []
  for (let step = 0; step < STEPS_MAX; step++) {
    await page.keyboard.press('Tab')
    const named = await page.evaluate(() => {
      const focused = document.activeElement as HTMLElement & { labels?: NodeListOf<HTMLElement> | null }
      const labels = [...(focused.labels ?? [])].map((label) => label.textContent ?? '').join(' ')
      return focused.getAttribute('aria-label') ?? (labels === '' ? (focused.textContent ?? '').trim() : labels)
    })
    passed.push(named.slice(0, 40))
    if (name.test(named)) return
  }
  assert.fail(`no Tab leads to ${name}; passed: ${passed.join(' | ')}`)
}

/** A device with a passkey that always confirms, as the browser's own tests have it. */
export async function withAuthenticator(context: BrowserContext, page: Page): Promise<void> {
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}
