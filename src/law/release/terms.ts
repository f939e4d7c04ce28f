/**
 * How long each step from an order to let go to the gate may take, in hours from its receipt. All of them are ours: the
 * instruments say 'without delay'. Time itself counts from the first minute, whatever stands here.
 */
export const RELEASE_HOURS = {
  verified: 1,
  checked: 2,
  gone: 4,
  /** Two orders that contradict each other are put before both issuers, from when they met. */
  conflict: 4,
  /** What goes with the person, and who is told: never a reason to hold anybody. */
  beside: 24,
} as const

/** Ours: how long after its term a late step is with the oversight body. */
export const OVERSIGHT_AFTER_HOURS = { verified: 3, checked: 2, gone: 0, conflict: 4, beside: 72 } as const
