import { dataOf, type Entry } from '../kernel/act.ts'
import { defineEvents } from '../kernel/register.ts'
import { linkPerson, markPerson, photographPerson, recordContact, recordNeed, tellApart } from './acts.ts'

/** What every row begins with; undefined where the section that names the person was expunged. */
const ofPerson = ({ n, person, occurredAt }: Entry) =>
  person === undefined ? undefined : { entry_n: n, person, at: occurredAt.at }

export const photographRegister = defineEvents({
  table: 'person_photograph',
  columns: {
    entry_n: 'bigint',
    person: 'uuid',
    at: 'timestamptz',
    digest: 'text',
    media_type: 'text',
    bytes: 'integer',
  },
  key: ['entry_n'],
  rows: {
    [photographPerson.kind](entry) {
      const head = ofPerson(entry)
      const { person } = dataOf(photographPerson, entry)
      if (!head || !person) return []
      return [{ ...head, digest: person.photograph, media_type: person.mediaType, bytes: person.bytes }]
    },
  },
})

export const markRegister = defineEvents({
  table: 'person_mark',
  columns: { entry_n: 'bigint', person: 'uuid', at: 'timestamptz', whereabouts: 'text', looks: 'text' },
  key: ['entry_n'],
  rows: {
    [markPerson.kind](entry) {
      const head = ofPerson(entry)
      const { act } = dataOf(markPerson, entry)
      return head && act ? [{ ...head, whereabouts: act.where, looks: act.looks }] : []
    },
  },
})

export const needRegister = defineEvents({
  table: 'person_need',
  columns: { entry_n: 'bigint', person: 'uuid', at: 'timestamptz', need: 'text', asks: 'text' },
  key: ['entry_n'],
  rows: {
    [recordNeed.kind](entry) {
      const head = ofPerson(entry)
      const { health } = dataOf(recordNeed, entry)
      return head && health ? [{ ...head, need: health.need, asks: health.asks ?? null }] : []
    },
  },
})

export const contactRegister = defineEvents({
  table: 'person_contact',
  columns: {
    entry_n: 'bigint',
    person: 'uuid',
    at: 'timestamptz',
    role: 'text',
    name: 'text',
    relation: 'text',
    reach: 'text',
  },
  key: ['entry_n'],
  rows: {
    [recordContact.kind](entry) {
      const head = ofPerson(entry)
      const { act } = dataOf(recordContact, entry)
      if (!head || !act) return []
      return [{ ...head, role: act.role, name: act.name, relation: act.relation ?? null, reach: act.reach ?? null }]
    },
  },
})

/** A row in each direction, so that both files show the link. Somebody linked to themselves says nothing. */
export const linkRegister = defineEvents({
  table: 'person_link',
  columns: { person: 'uuid', same: 'uuid', entry_n: 'bigint', since: 'timestamptz', evidence: 'text' },
  key: ['person', 'same', 'entry_n'],
  rows: {
    [linkPerson.kind](entry) {
      const { act } = dataOf(linkPerson, entry)
      const { person } = entry
      if (person === undefined || !act || act.same === person) return []
      const row = { entry_n: entry.n, since: (act.foundAt ?? entry.occurredAt).at, evidence: act.evidence }
      return [
        { person, same: act.same, ...row },
        { person: act.same, same: person, ...row },
      ]
    },
  },
})

/** A row in each direction, so that either of the two is found. */
export const differenceRegister = defineEvents({
  table: 'person_difference',
  columns: { person: 'uuid', other: 'uuid', entry_n: 'bigint', since: 'timestamptz', evidence: 'text' },
  key: ['person', 'other', 'entry_n'],
  rows: {
    [tellApart.kind](entry) {
      const { act } = dataOf(tellApart, entry)
      const { person } = entry
      if (person === undefined || !act || act.other === person) return []
      const row = { entry_n: entry.n, since: (act.foundAt ?? entry.occurredAt).at, evidence: act.evidence }
      return [
        { person, other: act.other, ...row },
        { person: act.other, other: person, ...row },
      ]
    },
  },
})
