import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Contract } from '../../kernel/contract.ts'
import { Answer, type Endpoint, PUBLIC } from './endpoint.ts'
import { PROBLEM_TYPE, Problem } from './problems.ts'

const Nothing = z.strictObject({})

/** What Fastify checks and what the document says, from one contract. */
export function schemaOf(contract: Contract) {
  const problem = { description: 'Problem', content: { [PROBLEM_TYPE]: { schema: Problem } } }
  const answered = contract.answers
    ? { description: contract.says.en, content: { [contract.answers]: { schema: contract.ok } } }
    : contract.ok
  const isPublic = contract.permission === PUBLIC
  return {
    summary: contract.says.en,
    description: `${contract.says.en}\n\n${contract.says.es}\n\nPermission: \`${contract.permission}\`.`,
    tags: [contract.path.split('/')[contract.path.startsWith('/api/') ? 2 : 1] ?? ''],
    security: isPublic ? [] : [{ token: [] }, { session: [] }],
    'x-permission': contract.permission,
    'x-personal': contract.personal,
    ...(contract.stepUp && { 'x-step-up': true }),
    ...(contract.params && { params: contract.params }),
    querystring: contract.query ?? Nothing,
    ...(contract.body && { body: contract.body }),
    response: { '2xx': answered, '4xx': problem, '5xx': problem },
  }
}

/** The document of what the server answers, made once. */
export function openApiEndpoint(app: FastifyInstance): Endpoint {
  let document: string | undefined
  return {
    contract: {
      method: 'GET',
      path: '/api/openapi.json',
      says: { en: 'This interface, as OpenAPI 3.1', es: 'Esta interfaz, como OpenAPI 3.1' },
      permission: PUBLIC,
      personal: false,
      ok: z.looseObject({ openapi: z.string() }),
    },
    async handle() {
      document ??= JSON.stringify(app.swagger())
      return new Answer(document)
    },
  }
}
