// `npm run screenshots`: pictures of the console for docs/screenshots, and to look at. Synthetic people only.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ConsoleHouse, type Look, openConsole } from './console.ts'

type Shot = {
  readonly name: string
  readonly role: string
  readonly to: string | ((house: ConsoleHouse) => string)
  /** Also at 360 px: what officers use on handhelds. */
  readonly isHandheld?: boolean
}

const first = (house: ConsoleHouse) => house.custodies[0] ?? ''

const shots: readonly Shot[] = [
  { name: 'people', role: 'registrar', to: '/people', isHandheld: true },
  { name: 'person', role: 'registrar', to: (house) => `/people/${first(house)}` },
  { name: 'return', role: 'registrar', to: (house) => `/people/${first(house)}/return` },
  { name: 'admit', role: 'registrar', to: '/admit', isHandheld: true },
  { name: 'admit-group', role: 'registrar', to: '/admit/group' },
  { name: 'admissions', role: 'registrar', to: '/admissions' },
  { name: 'doubles', role: 'registrar', to: '/doubles' },
  { name: 'law', role: 'oversight', to: '/law' },
  { name: 'places', role: 'registrar', to: '/places' },
  { name: 'owed', role: 'registrar', to: '/owed' },
  { name: 'findings', role: 'oversight', to: '/findings' },
  { name: 'prove', role: 'auditor', to: '/prove' },
  { name: 'checkpoints', role: 'auditor', to: '/prove/checkpoints' },
  { name: 'director', role: 'director', to: '/director' },
  { name: 'verify', role: 'registrar', to: '/verify' },
  { name: 'sessions', role: 'registrar', to: '/sessions' },
  { name: 'gallery', role: 'administrator', to: '/gallery' },
]

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url))
const wanted = process.argv.slice(2)
const ends: (() => unknown)[] = []
try {
  const house = await openConsole({ after: (end) => ends.push(end as () => unknown) })
  await mkdir(folder, { recursive: true })
  for (const { name, role, to, isHandheld = false } of shots) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    const looks: readonly (readonly [string, Look])[] = [
      ['', { theme: 'light', language: 'es' }],
      ['-dark', { theme: 'dark', language: 'en' }],
      ...(isHandheld ? [['-360', { width: 360, height: 740 }] as const] : []),
    ]
    for (const [suffix, look] of looks) {
      const { page, context, errors } = await house.signIn(role, typeof to === 'string' ? to : to(house), look)
      await page.screenshot({ path: join(folder, `${name}${suffix}.png`), animations: 'disabled' })
      console.log(`${name}${suffix}.png${errors.length === 0 ? '' : `  ${errors.join('; ')}`}`)
      await context.close()
    }
  }
} finally {
  for (const end of ends.reverse()) await end()
}
