/** A standard of floor space in shared cells. Each is shown; never only the most lenient. */
export type SpaceTier = {
  readonly rule: string
  readonly m2PerPerson: number
  readonly citation: string
  /** Where the figure comes from: the instrument's own text, or a technical source. */
  readonly origin: 'text' | 'technical'
}

export const spaceTiers: readonly SpaceTier[] = [
  { rule: 'SPA-01', m2PerPerson: 4, citation: 'CPT/Inf (2015) 44 §9', origin: 'text' },
  {
    rule: 'SPA-09',
    m2PerPerson: 3.4,
    citation: 'ICRC, Water, sanitation, hygiene and habitat in prisons: supplementary guidance (2012)',
    origin: 'technical',
  },
  { rule: 'SPA-06', m2PerPerson: 3, citation: 'ECtHR (GC), Muršić v. Croatia, 7334/13, §§135-138', origin: 'text' },
  {
    rule: 'SPA-10',
    m2PerPerson: 2,
    citation: 'ICRC, Water, sanitation, hygiene and habitat in prisons (2005): never below',
    origin: 'technical',
  },
]
