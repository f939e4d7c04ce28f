import { refuseAccess } from '../access/refusals.ts'
import { mayOpenKind } from '../access/sections.ts'
import { findCustodyById } from '../custody/read.ts'
import { defineRoute, type Route } from '../kernel/contract.ts'
import { defineRefusals } from '../kernel/refusal.ts'
import { isSealed, mayKnowSealed } from '../oversight/read.ts'
import { refuseRecord } from '../record/acts.ts'
import { Audits } from './audits.ts'
import { entryCount, type House } from './house.ts'
import { notKept, promisesIn } from './promises.ts'
import {
  auditContract,
  auditsContract,
  checkpointsContract,
  custodyEntriesContract,
  entriesContract,
  promisesContract,
  proofContract,
  startAuditContract,
} from './record-contract.ts'
import { custodyEntries, listCheckpoints, listEntries, proofOf } from './record-read.ts'

const { refuse } = defineRefusals({
  'custody-closed-to-you': {
    sort: 'not-permitted',
    says: {
      en: 'Your role does not open who an entry is about, so it cannot ask for the entries of one custody.',
      es: 'Su rol no abre de quién trata un asiento: no puede pedir los asientos de una custodia.',
    },
    remedy: { en: 'Filter by kind, facility or time.', es: 'Filtre por tipo, establecimiento u hora.' },
  },
  'audit-running': {
    sort: 'conflict',
    says: { en: 'An audit is running already.', es: 'Ya hay una auditoría en marcha.' },
    remedy: { en: 'Wait for its result.', es: 'Espere su resultado.' },
  },
  'no-such-audit': {
    sort: 'not-found',
    says: {
      en: 'There is no such audit since the server began.',
      es: 'No hay tal auditoría desde que arrancó el servidor.',
    },
    remedy: { en: 'List the audits, or begin one.', es: 'Liste las auditorías, o comience una.' },
  },
})

/** The record as it proves itself: entries, proofs, signed heads, promises, audits. */
export function recordRoutes(house: House): Route[] {
  const { database: sql, config, registry, trustPolicy } = house
  const audits = new Audits(house)
  const hiddenFrom = (role: string) => [...registry.acts.keys()].filter((kind) => !mayOpenKind(role, kind))
  return [
    defineRoute(entriesContract, async ({ query }, { actor, visible }) => {
      if (query.custody !== undefined && !visible.sections.includes('person')) return refuse('custody-closed-to-you')
      const { limit } = query
      const filter = { ...query, limit: limit + 1, hidden: hiddenFrom(actor.role), visible }
      const [size, found] = await Promise.all([entryCount(sql), listEntries(house, filter)])
      const entries = found.slice(0, limit)
      return { size, entries, next: found.length > limit ? (entries.at(-1)?.n ?? null) : null }
    }),

    defineRoute(proofContract, async ({ params }, { actor }) => {
      const proof = await proofOf(house, params.id)
      if (proof === undefined) return refuseAccess('no-such-entry')
      if (proof === 'pending') return refuseAccess('not-yet-in-tree')
      const { facility: _facility, ...shown } = proof
      return mayOpenKind(actor.role, proof.kind) ? shown : refuseAccess('no-such-entry')
    }),

    defineRoute(checkpointsContract, async ({ query }, { now }) => {
      const { at = now, witnessed, after, limit } = query
      const policy = await trustPolicy.get()
      const found = await listCheckpoints(sql, { at, witnessed: witnessed === 'true', after, limit: limit + 1 })
      const checkpoints = found.slice(0, limit)
      return {
        witnesses: policy.witnesses.map(({ name }) => name),
        quorum: policy.quorum,
        checkpoints,
        next: found.length > limit ? (checkpoints.at(-1)?.size ?? null) : null,
      }
    }),

    defineRoute(promisesContract, async ({ query }, { now }) => {
      const { to = now, from = Temporal.Instant.from(to).subtract({ hours: 24 }).toString() } = query
      const delaySeconds = config.promiseSeconds
      return { from, to, delaySeconds, ...(await promisesIn(sql, { from, to, now, delaySeconds })), notKept }
    }),

    defineRoute(startAuditContract, async () => {
      const started = await audits.start()
      return started ?? refuse('audit-running')
    }),

    defineRoute(auditsContract, async () => ({ audits: [...audits.list()] })),

    defineRoute(auditContract, async ({ params }) => audits.find(params.id) ?? refuse('no-such-audit')),

    defineRoute(custodyEntriesContract, async ({ params, query }, { actor, now }) => {
      const { at = now, after, limit } = query
      const head = await findCustodyById(sql, params.id)
      const isShell = head?.registerNumber === '' && (await isSealed(sql, params.id))
      if (isShell && mayKnowSealed(actor)) return refuseRecord('custody-sealed', { custody: params.id })
      if (!head || isShell) return refuseAccess('no-such-file')
      const found = await custodyEntries(house, params.id, { after, limit: limit + 1, hidden: hiddenFrom(actor.role) })
      const page = found.slice(0, limit)
      const until = Temporal.Instant.from(at)
      const happened = page.filter(
        ({ occurredAt, recordedAt }) => Temporal.Instant.compare(occurredAt?.at ?? recordedAt, until) <= 0,
      )
      return { at, entries: happened, next: found.length > limit ? (page.at(-1)?.nth ?? null) : null }
    }),
  ]
}
