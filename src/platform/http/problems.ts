import { z } from 'zod'
import { defineRefusals, type Refusal, type RefusalSort } from '../../kernel/refusal.ts'

/** The one place where a refusal becomes a status (RFC 9110). */
export const statusOf: Readonly<Record<RefusalSort, number>> = {
  invalid: 400,
  unauthenticated: 401,
  'not-permitted': 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'too-many': 429,
  unavailable: 503,
}

/** Seconds after which a caller may try again, where we are the ones who cannot. */
export const RETRY_AFTER_SECONDS = 2

/** What the HTTP edge itself refuses, before an act or a route is reached. */
export const { catalogue: httpRefusals, refuse: refuseHttp } = defineRefusals({
  'no-route': {
    sort: 'not-found',
    says: { en: 'There is nothing at this address.', es: 'No hay nada en esta dirección.' },
    remedy: { en: 'See /api/openapi.json for what there is.', es: 'Vea en /api/openapi.json lo que hay.' },
  },
  'too-many-requests': {
    sort: 'too-many',
    says: { en: 'Too many requests came from this address.', es: 'Llegaron demasiadas peticiones de esta dirección.' },
    remedy: { en: 'Wait as Retry-After says, then go on.', es: 'Espere lo que dice Retry-After y continúe.' },
  },
  'body-too-large': {
    sort: 'too-large',
    says: { en: 'The body is larger than is taken.', es: 'El cuerpo es mayor de lo que se acepta.' },
    remedy: { en: 'Send smaller batches.', es: 'Envíe lotes más pequeños.' },
  },
  'not-json': {
    sort: 'invalid',
    says: { en: 'The body is not JSON that can be taken.', es: 'El cuerpo no es un JSON que se pueda aceptar.' },
    remedy: {
      en: 'Send application/json in UTF-8: no key twice, no number beyond 2^53, at most 32 levels.',
      es: 'Envíe application/json en UTF-8: sin claves repetidas, sin números mayores de 2^53, con 32 niveles como máximo.',
    },
  },
  'not-as-agreed': {
    sort: 'invalid',
    says: {
      en: 'The request does not have the form that is asked for.',
      es: 'La petición no tiene la forma que se pide.',
    },
    remedy: {
      en: 'Mend the fields named in details; the form is in /api/openapi.json.',
      es: 'Corrija los campos nombrados en details; la forma está en /api/openapi.json.',
    },
  },
  unavailable: {
    sort: 'unavailable',
    says: { en: 'This cannot be answered at the moment.', es: 'En este momento no se puede responder.' },
    remedy: {
      en: 'Send the same request again, an act with the same id.',
      es: 'Envíe otra vez la misma petición; un acto, con el mismo identificador.',
    },
  },
})

/** The words of a fault of ours: its inside stays inside. */
const FAULT = {
  says: { en: 'Something went wrong on our side.', es: 'Algo falló de nuestro lado.' },
  remedy: {
    en: 'Send it again, an act with the same id; if it stays, report the request id.',
    es: 'Envíelo otra vez, un acto con el mismo identificador; si persiste, comunique el identificador de la petición.',
  },
} as const

const Said = z.object({ en: z.string(), es: z.string() })

/** RFC 9457, `application/problem+json`. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    says: Said,
    remedy: Said,
    act: z.string().optional(),
    details: z.record(z.string(), z.unknown()),
    requestId: z.string().optional(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>

export const PROBLEM_TYPE = 'application/problem+json'

export type Language = 'en' | 'es'

/** The better of our two languages for an `Accept-Language` header (RFC 9110 §12.5.4); Spanish where it says nothing. */
export function languageOf(header: string | undefined): Language {
  let best: Language = 'es'
  let bestWeight = 0
  for (const range of (header ?? '').slice(0, 400).split(',')) {
    const [tag = '', ...parameters] = range
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/)
    const language = tag.split('-')[0]
    const weight = Number(parameters.find((text) => text.startsWith('q='))?.slice(2) ?? 1)
    if ((language === 'en' || language === 'es') && weight > bestWeight) {
      best = language
      bestWeight = weight
    }
  }
  return best
}

/** A refusal as it travels. */
export function problemOf(refusal: Refusal, language: Language, requestId?: string): Problem {
  const { code, says, remedy, act, details } = refusal
  return {
    type: `urn:habeas:problem:${code}`,
    title: says[language],
    status: statusOf[refusal.sort],
    code,
    says,
    remedy,
    ...(act !== undefined && { act }),
    details,
    ...(requestId !== undefined && { requestId }),
  }
}

export function faultProblem(language: Language, requestId?: string): Problem {
  return {
    type: 'urn:habeas:problem:fault',
    title: FAULT.says[language],
    status: 500,
    code: 'fault',
    ...FAULT,
    details: {},
    ...(requestId !== undefined && { requestId }),
  }
}

// By name: the signer is no folder that `platform` may import.
const awayNames: ReadonlySet<string> = new Set(['DatabaseUnavailable', 'SignerUnavailable'])

/** Whether a fault of the world may pass by itself; the same request may then be sent again. */
export const isAway = (error: unknown): boolean => error instanceof Error && awayNames.has(error.name)

// A key of ours. Anything else in a path was chosen by the caller and may be a name.
const plainKey = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/
const PROBLEMS_MAX = 50

/** Which fields are wrong and how, never what stood in them. Paths are dotted; a key that is not ours shows as `*`. */
export function wrongFields(error: z.core.$ZodError, root: string): { path: string; code: string }[] {
  return error.issues.slice(0, PROBLEMS_MAX).map((issue) => ({
    path: [root, ...issue.path]
      .map((key) => (typeof key === 'number' || plainKey.test(String(key)) ? String(key) : '*'))
      .join('.'),
    code: issue.code,
  }))
}
