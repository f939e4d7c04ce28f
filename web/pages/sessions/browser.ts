const BROWSERS = [
  ['Edge', /Edg\/(\d+)/],
  ['Firefox', /Firefox\/(\d+)/],
  ['Chrome', /Chrome\/(\d+)/],
  ['Safari', /Version\/(\d+).*Safari/],
] as const
const SYSTEMS = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux/],
] as const

/** `Chrome 153 · Linux`, from what a browser says of itself: enough to tell one's own machines apart. */
export function browserOf(agent: string): string | undefined {
  const [name, pattern] = BROWSERS.find(([, one]) => one.test(agent)) ?? []
  if (name === undefined || pattern === undefined) return undefined
  const [system] = SYSTEMS.find(([, one]) => one.test(agent)) ?? []
  const whole = `${name} ${pattern.exec(agent)?.[1] ?? ''}`
  return system === undefined ? whole : `${whole} · ${system}`
}
