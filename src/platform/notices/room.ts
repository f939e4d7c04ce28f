import { dataOf, type Entry } from '../../kernel/act.ts'
import { defineEvents, defineFold, type Room } from '../../kernel/register.ts'
import { agreeAddress, deliverNotice, noticeActs, noticeRefusals, proposeAddress } from './acts.ts'

/** In the order of the record: what was agreed last holds, whenever it was proposed. */
function addressRows(entries: readonly Entry[]) {
  const ordered = entries.toSorted((a, b) => a.n - b.n)
  const agreements = ordered.filter(({ kind }) => kind === agreeAddress.kind)
  return ordered.flatMap((entry) => {
    const act = entry.kind === proposeAddress.kind ? dataOf(proposeAddress, entry).act : undefined
    if (!act) return []
    const agreed = agreements.findLast((one) => dataOf(agreeAddress, one).act?.proposal === entry.id)
    return {
      entry_n: entry.n,
      proposal: entry.id,
      role: act.role,
      channel: act.channel,
      address: act.address,
      proposed: entry.recordedAt,
      agreed: agreed?.recordedAt ?? null,
    }
  })
}

export const addressRegister = defineFold({
  table: 'notice_address',
  columns: {
    entry_n: 'bigint',
    proposal: 'uuid',
    role: 'text',
    channel: 'text',
    address: 'text',
    proposed: 'timestamptz',
    agreed: 'timestamptz',
  },
  key: ['entry_n'],
  scope: 'facility',
  kinds: [proposeAddress.kind, agreeAddress.kind],
  rows: addressRows,
})

export const deliveryRegister = defineEvents({
  table: 'notice_delivery',
  columns: {
    entry_n: 'bigint',
    notice: 'uuid',
    role: 'text',
    channel: 'text',
    outcome: 'text',
    attempts: 'integer',
    at: 'timestamptz',
  },
  key: ['entry_n'],
  rows: {
    [deliverNotice.kind]: (entry) => {
      const { act } = dataOf(deliverNotice, entry)
      if (!act) return []
      const { notice, role, channel, outcome, attempts } = act
      return [{ entry_n: entry.n, notice, role, channel, outcome, attempts, at: entry.occurredAt.at }]
    },
  },
})

export const room: Room = {
  name: 'notices',
  acts: noticeActs,
  registers: [addressRegister, deliveryRegister],
  refusals: noticeRefusals,
}
