/** Where each rule stands. No lawyer has read them against our code yet, and every one says so. */
import type { Citation } from '../kernel/pack.ts'

const cja2003 = (provision: string): Citation => ({ title: 'Criminal Justice Act 2003', provision, checked: false })

export const citations = {
  s244: cja2003('s. 244'),
  s244ZA: cja2003('s. 244ZA'),
  s244A: cja2003('s. 244A'),
  s246: cja2003('s. 246'),
  s246A: cja2003('s. 246A'),
  s249: cja2003('s. 249'),
  s240ZA: cja2003('s. 240ZA'),
  s240A: cja2003('s. 240A'),
  s255: cja2003('ss. 255A to 255C'),
  s256AA: cja2003('s. 256AA'),
  s257: cja2003('s. 257'),
  s260: cja2003('s. 260'),
  s263: cja2003('s. 263'),
  s264: cja2003('s. 264'),
  cja1991: { title: 'Criminal Justice Act 1991', provision: 'ss. 33, 37, 51(2)', checked: false },
  cja1967: { title: 'Interpretation of terms of imprisonment in months', provision: 'calendar months', checked: false },
  'prison-act': { title: 'Prison Act 1952', provision: 's. 49', checked: false },
  'si2024-844': {
    title: 'Criminal Justice Act 2003 (Requisite and Minimum Custodial Periods) Order 2024',
    provision: 'SI 2024/844',
    checked: false,
  },
  dto: { title: 'Powers of Criminal Courts (Sentencing) Act 2000', provision: 's. 101', checked: false },
  'day-of-release': { title: 'Criminal Justice Act 1961', provision: 's. 23', checked: false },
} as const satisfies Record<string, Citation>

export type Cite = keyof typeof citations
