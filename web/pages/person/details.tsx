import { formatDay, type Precision } from '../../frame/format.ts'
import { useLanguage, useWords } from '../../frame/words.ts'
import { type Fact, FactList } from '../../parts/facts.tsx'
import { Mark } from '../../parts/mark.tsx'
import { Card } from '../../parts/page.tsx'
import { When } from '../../parts/when.tsx'
import { orderWords, wordFor } from '../terms.ts'
import type { Orders } from './band.tsx'
import { ageAt, type Birth, birthText, factOf } from './head.tsx'
import { Closed, Entry, type EntryIds, EntryLink, type File, isClosed } from './parts.tsx'
import { heldWords, languageWords, mannerWords, personWords, roleOfContact } from './words.ts'

type Name = NonNullable<File['identity']>['names'][number]
const written = (name: Name) =>
  [name.given, name.family1, name.family2].filter((part) => part !== null).join(' ') || (name.written ?? '')

/** Who the person is: every name and number that the register has, what it rests on, what is contested. */
export function Identity({ file, ids }: { readonly file: File; readonly ids: EntryIds }) {
  const w = useWords(personWords)
  const languages = useWords(languageWords)
  const contactRoles = useWords(roleOfContact)
  const { language } = useLanguage()
  const { identity } = file
  if (isClosed(file, 'person') || identity === null) {
    return (
      <Card title={w.identityTitle}>
        <Closed />
      </Card>
    )
  }
  const { facts, names } = identity
  const birth = facts.find(({ aspect }) => aspect === 'birth')
  const value = birth?.value as Birth | undefined
  const sex = factOf<string>(facts, 'sex')
  const gender = factOf<string>(facts, 'gender')
  const states = factOf<{ state: string; standing: string }[]>(facts, 'nationalities')
  const spoken = factOf<{ code: string; interpreter: boolean }[]>(facts, 'languages')
  const [first, ...others] = names
  const list: Fact[] = [
    {
      label: w.names,
      value: first === undefined ? 'unknown' : <span lang="es">{written(first)}</span>,
      ...(first === undefined ? {} : { since: first.since, origin: <Entry n={first.entryN} ids={ids} /> }),
    },
    ...(others.length === 0
      ? []
      : [
          {
            label: w.otherNames,
            value: (
              <ul lang="es">
                {others.map((name) => (
                  <li key={`${name.entryN}${written(name)}`}>
                    {name.current ? written(name) : <s>{written(name)}</s>}
                  </li>
                ))}
              </ul>
            ),
          },
        ]),
    {
      label: w.birth,
      value:
        value?.date === undefined
          ? value?.ageYears === undefined
            ? 'missing'
            : w.ageStated(value.ageYears)
          : `${birthText(value.date, language)}${ageText(ageAt(value, file.at, file.zone))}`,
      ...(birth?.disputed === true ? { origin: w.disputed } : {}),
    },
    { label: w.sex, value: sex === 'M' ? w.male : sex === 'F' ? w.female : sex === 'X' ? w.sexX : 'missing' },
    ...(gender === undefined ? [] : [{ label: w.gender, value: gender }]),
    {
      label: w.nationalities,
      value:
        states === undefined ? 'missing' : states.length === 0 ? w.none : states.map(({ state }) => state).join(', '),
    },
    ...(spoken === undefined
      ? []
      : [
          {
            label: w.languageLabel,
            value: spoken
              .map(({ code, interpreter }) => `${wordFor(languages, code)}${interpreter ? ` (${w.interpreter})` : ''}`)
              .join(', '),
          },
        ]),
    {
      label: w.documents,
      value:
        identity.identifiers.length === 0
          ? 'missing'
          : identity.identifiers.map(({ scheme, issuer, value }) => `${scheme} ${issuer} ${value}`).join(', '),
    },
    ...(identity.contacts.length === 0
      ? []
      : [
          {
            label: w.contacts,
            value: (
              <ul>
                {identity.contacts.map((contact) => (
                  <li key={contact.entryN}>
                    <span lang="es">{contact.name}</span>
                    <div className="support">
                      {[wordFor(contactRoles, contact.role), contact.relation, contact.reach]
                        .filter((part) => part !== null)
                        .join(' · ')}
                    </div>
                  </li>
                ))}
              </ul>
            ),
          },
        ]),
    ...identity.marks.map((mark) => ({ label: w.marks, value: `${mark.where}: ${mark.looks}` })),
    ...identity.needs.map((need) => ({
      label: w.needs,
      value: need.need,
      ...(need.asks === null ? {} : { origin: need.asks }),
    })),
    ...identity.links.map((link) => ({
      label: w.linked,
      value: <code>{link.person.slice(0, 8)}</code>,
      ...(link.evidence === null ? {} : { origin: link.evidence }),
    })),
  ]
  return (
    <Card title={w.identityTitle}>
      <FactList facts={unlike(list)} />
    </Card>
  )
}

const ageText = (age: number | undefined) => (age === undefined ? '' : ` (${age})`)

/** A list is keyed by its labels: like ones are numbered. */
function unlike(facts: readonly Fact[]): Fact[] {
  const seen = new Map<string, number>()
  return facts.map((fact) => {
    const n = (seen.get(fact.label) ?? 0) + 1
    seen.set(fact.label, n)
    return n === 1 ? fact : { ...fact, label: `${fact.label} ${n}` }
  })
}

/** How the person came, who had taken liberty and why, what was brought, and how health was found. */
export function Admission({ file, ids }: { readonly file: File; readonly ids: EntryIds }) {
  const w = useWords(personWords)
  const manners = useWords(mannerWords)
  const held = useWords(heldWords)
  const { deprivation, health } = file
  const last = health.at(-1)
  const told = (value: boolean | null) => (value === null ? ('missing' as const) : value ? w.yes : w.no)
  const list: Fact[] = [
    {
      label: w.admitted,
      value: <When at={file.from} precision={file.fromPrecision as Precision} />,
      origin: <Entry n={file.entryN} ids={ids} />,
    },
    ...(isClosed(file, 'act')
      ? []
      : [{ label: w.manner, value: file.manner === null ? ('missing' as const) : wordFor(manners, file.manner) }]),
    ...(isClosed(file, 'legal') && deprivation === null
      ? []
      : [
          {
            label: w.deprivedAt,
            value:
              deprivation?.at == null ? (
                'missing'
              ) : (
                <When at={deprivation.at} precision={(deprivation.precision ?? 'minute') as Precision} />
              ),
            ...(deprivation?.where == null ? {} : { origin: <span lang="es">{deprivation.where}</span> }),
          },
          { label: w.deprivedBy, value: deprivation?.by == null ? 'missing' : <span lang="es">{deprivation.by}</span> },
        ]),
    ...(isClosed(file, 'legal') ? [] : [{ label: w.grounds, value: deprivation?.grounds ?? ('missing' as const) }]),
    ...file.classification.map((one) => ({ label: w.classification, value: one.value, since: one.since })),
    ...(isClosed(file, 'health') || last === undefined
      ? []
      : [
          {
            label: w.examined,
            value: last.examined === null ? ('missing' as const) : <When at={last.examined} />,
            origin: <Entry n={last.entryN} ids={ids} />,
          },
          { label: w.injuries, value: told(last.injuriesRecorded) },
          { label: w.complaint, value: told(last.illTreatmentComplaint) },
        ]),
    ...(file.property.length === 0
      ? []
      : [
          {
            label: w.property,
            value: (
              <ul>
                {file.property.map((one) => (
                  <li key={`${one.what}${one.held}`}>
                    {one.quantity} {one.what} <span className="support">{wordFor(held, one.held)}</span>
                  </li>
                ))}
              </ul>
            ),
          },
        ]),
    ...file.notes.map((note) => ({ label: w.notesTitle, value: note.text, since: note.at })),
    ...file.claims.map((one) => ({ label: w.claims, value: w.claim(one.label, one.value), origin: one.source })),
  ]
  return (
    <Card title={w.admissionTitle}>
      <FactList facts={unlike(list)} />
    </Card>
  )
}

/** The orders as a table: who issued each, from when until when, how it stands. */
export function OrderTable({
  orders,
  zone,
  ids,
}: {
  readonly orders: Orders
  readonly zone: string
  readonly ids: EntryIds
}) {
  const w = useWords(personWords)
  const kinds = useWords(orderWords)
  const { language } = useLanguage()
  const states = { standing: w.standing, ended: w.ended, 'not-yet': w.notYetOrder, disputed: w.disputedOrder }
  if (orders.length === 0) return null
  const day = (at: string) =>
    formatDay(Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString(), language)
  return (
    <Card title={w.orders} aside={<span className="support">{w.onRecord(orders.length)}</span>}>
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th>{w.kind}</th>
              <th>{w.issuer}</th>
              <th>{w.caseNumber}</th>
              <th className="number">{w.from}</th>
              <th className="number">{w.to}</th>
              <th>{w.state}</th>
              <th className="number">{w.entry}</th>
            </tr>
          </thead>
          <tbody>
            {orders.map((order) => (
              <tr key={order.order}>
                <td>
                  {wordFor(kinds, order.kind)}
                  {order.provisional ? <div className="support">{w.provisional}</div> : null}
                </td>
                <td lang="es">{w.authorityOf(order.issuer.name, order.issuer.state)}</td>
                <td>{order.caseNumber ?? '—'}</td>
                <td className="number">{day(order.from)}</td>
                <td className="number">
                  {!order.endStated ? (
                    <span className="unknown-text">{w.endNotStated}</span>
                  ) : order.to === null ? (
                    w.openEnd
                  ) : (
                    day(order.to)
                  )}
                </td>
                <td>
                  {order.state === 'disputed' ? <Mark kind="disputed" /> : null} {states[order.state]}
                </td>
                <td className="number">
                  <EntryLink n={order.entryN} ids={ids} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}
