import type { Authority } from '../law/acts.ts'

/**
 * Bodies that order, supervise or run, all invented: each name says so. `zone` is the one in which the state's papers
 * count their days (where a state has several, that of the body named here).
 */
type Bodies = { readonly zone: string; readonly courts: readonly Authority[]; readonly police: Authority }

const bodies = (state: string, zone: string, courts: readonly string[], police: string): Bodies => ({
  zone,
  courts: courts.map((name) => ({ name, state })),
  police: { name: police, state },
})

const byState: Readonly<Record<string, Bodies>> = {
  SV: bodies(
    'SV',
    'America/El_Salvador',
    [
      'Juzgado de Instrucción A (simulado)',
      'Juzgado de Instrucción B (simulado)',
      'Tribunal de Sentencia Primero (simulado)',
      'Tribunal de Sentencia Segundo (simulado)',
      'Juzgado de Paz de Villa Ejemplo (simulado)',
      'Cámara de lo Penal (simulada)',
    ],
    'Policía (simulada)',
  ),
  US: bodies(
    'US',
    'America/New_York',
    ['Court of the Example District (simulated)', 'Immigration Court of Example (simulated)'],
    'Federal Agency for Transfers (simulated)',
  ),
  GT: bodies('GT', 'America/Guatemala', ['Juzgado de Primera Instancia (simulado)'], 'Policía de Guatemala (simulada)'),
  HN: bodies('HN', 'America/Tegucigalpa', ['Juzgado de Letras (simulado)'], 'Policía de Honduras (simulada)'),
  MX: bodies('MX', 'America/Mexico_City', ['Juzgado de Control (simulado)'], 'Guardia de México (simulada)'),
}

export const home = byState.SV as Bodies

/** The bodies of a state, or those of El Salvador for one that is not listed. */
export const bodiesOf = (state: string): Bodies => byState[state] ?? home

/** All of them, with their state. */
export const allBodies = Object.entries(byState).map(([state, own]) => ({ state, ...own }))

/** States other than El Salvador that claim people here. */
export const claimants = Object.keys(byState).filter((state) => state !== 'SV')

export const supervisor: Authority = { name: 'Juzgado de Vigilancia Penitenciaria (simulado)', state: 'SV' }
export const runner: Authority = { name: 'Dirección de Centros Penales (simulada)', state: 'SV' }
/** Who, in another state, answers for a person according to the other. */
export const foreignSupervisor = (state: string): Authority => bodiesOf(state).police

export const officials = ['A. Ejemplo', 'B. Muestra', 'C. Modelo', 'D. Prueba', 'E. Ensayo', 'F. Simulada']
export const towns = ['Villa Ejemplo', 'San Modelo', 'Puerto Muestra', 'Santa Prueba', 'Ciudad Ensayo', 'El Supuesto']
export const provisions = [
  'Código Penal, art. 0 (simulado)',
  'Código Procesal Penal, art. 0 (simulado)',
  'Ley de ejemplo, art. 0',
]
