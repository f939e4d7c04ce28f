/**
 * Whether somebody sits here. A page that asks again by itself (live changes, the stream, what is asked each minute)
 * must keep nobody signed in: such requests say `habeas-unattended`, and the server does not count them as use.
 */

/** As long as the session's own question takes to come round: a key pressed between two questions is told by the next. */
const ATTENDED_MS = 60_000

// Opening a page is the first thing that somebody does.
let touchedAt = performance.now()

/** Listens for keys, presses and scrolling. What a script does in somebody's name counts for nothing. */
export function watchReader(target: EventTarget): void {
  const touch = ({ isTrusted }: Event) => {
    if (isTrusted) touchedAt = performance.now()
  }
  for (const name of ['keydown', 'pointerdown', 'wheel', 'click', 'touchstart']) {
    target.addEventListener(name, touch, { capture: true, passive: true })
  }
}

/** Whether somebody touched this page a moment ago. */
export const isAttended = (): boolean => performance.now() - touchedAt < ATTENDED_MS

/** What a request says of itself when nobody asked for it. */
export const UNATTENDED: Readonly<Record<string, string>> = { 'habeas-unattended': 'true' }
