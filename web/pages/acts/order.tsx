import { useState } from 'react'
import type { ordersContract } from '../../../src/law/order-contract.ts'
import { useRead } from '../../frame/api.ts'
import { formatWhen, type ReadDay } from '../../frame/format.ts'
import { randomId } from '../../frame/ids.ts'
import { useFacility } from '../../frame/session.ts'
import { useLanguage, useWords } from '../../frame/words.ts'
import { CheckField, ChoiceField, DayField } from '../../parts/field.tsx'
import { StateField } from '../../parts/state-field.tsx'
import { orderWords, wordFor } from '../terms.ts'
import type { FormProps } from './form-props.ts'
import { Line, Pick, said } from './inputs.tsx'
import { ShortAct } from './short-act.tsx'
import { formWords } from './words.ts'

type Order = {
  readonly order: string
  readonly kind: string
  readonly issuer: string
  readonly issuerState: string
  readonly caseNumber: string
  readonly provision: string
  readonly from: ReadDay | undefined
  readonly untilAs: string
  readonly until: ReadDay | undefined
  readonly provisional: boolean
}

/** A paper that says that somebody is to be held. */
export function OrderForm({ custody }: FormProps) {
  const w = useWords(formWords)
  const kinds = useWords(orderWords)
  const [order] = useState(randomId)
  return (
    <ShortAct<Order>
      custody={custody}
      kind="order.record"
      permission="order.record"
      verb={w.orderVerb}
      needs={w.orderNeeds}
      initial={{
        order,
        kind: '',
        issuer: '',
        issuerState: '',
        caseNumber: '',
        provision: '',
        from: undefined,
        untilAs: '',
        until: undefined,
        provisional: false,
      }}
      toData={(value, { zone, country }) =>
        value.kind === '' || value.issuer.trim() === '' || value.from?.precision !== 'day'
          ? undefined
          : {
              legal: {
                order: {
                  order: value.order,
                  kind: value.kind,
                  issuer: {
                    name: value.issuer.trim(),
                    state: value.issuerState === '' ? country : value.issuerState,
                  },
                  ...said('provision', value.provision),
                  ...said('caseNumber', value.caseNumber),
                  from: { date: value.from.date, zone, inclusive: true },
                  until:
                    value.untilAs === 'open'
                      ? 'open'
                      : value.untilAs === 'day' && value.until?.precision === 'day'
                        ? { date: value.until.date, zone, inclusive: true }
                        : 'not-stated',
                  provisional: value.provisional,
                },
              },
            }
      }
      fields={(of) => (
        <>
          <Pick of={of} field="kind" path="legal.order.kind" label={w.orderKind} choices={kinds} />
          <Line of={of} field="issuer" path="legal.order.issuer.name" label={w.issuer} />
          <StateField
            name="legal.order.issuer.state"
            label={w.issuerState}
            empty={w.ownState}
            value={of.value.issuerState}
            onValue={(issuerState) => of.change({ issuerState })}
          />
          <Line
            of={of}
            field="caseNumber"
            path="legal.order.caseNumber"
            label={w.caseNumber}
            isMissing={of.value.caseNumber === ''}
          />
          <Line
            of={of}
            field="provision"
            path="legal.order.provision"
            label={w.provision}
            isMissing={of.value.provision === ''}
          />
          <DayField
            name="legal.order.from"
            label={w.from}
            value={of.value.from}
            onValue={(from) => of.change({ from })}
            refusal={of.refusalOf('legal.order.from')}
          />
          <Pick
            of={of}
            field="untilAs"
            path="legal.order.until"
            label={w.untilAs}
            isMissing={of.value.untilAs === ''}
            choices={{ day: w.untilDay, open: w.untilOpen, 'not-stated': w.untilNotStated }}
          />
          {of.value.untilAs !== 'day' ? null : (
            <DayField
              name="legal.order.until.date"
              label={w.until}
              value={of.value.until}
              onValue={(until) => of.change({ until })}
              missing={of.value.until?.precision !== 'day'}
            />
          )}
          <CheckField
            name="legal.order.provisional"
            label={w.provisional}
            value={of.value.provisional}
            onValue={(provisional) => of.change({ provisional })}
          />
        </>
      )}
    />
  )
}

type OrderEnd = {
  readonly order: string
  readonly as: string
  readonly from: ReadDay | undefined
  readonly by: string
}

/** An order no longer stands, from a day on. What follows for the basis is said before it is recorded. */
export function OrderEndForm({ custody }: FormProps) {
  const w = useWords(formWords)
  const kinds = useWords(orderWords)
  const { language } = useLanguage()
  const facility = useFacility()
  const orders = useRead<typeof ordersContract>('/api/custodies/:id/orders', { params: { id: custody } })
  const choices = (orders.data?.orders ?? [])
    .filter(({ state }) => state !== 'ended')
    .map(({ order, kind, issuer, caseNumber, to }) => ({
      value: order,
      label: [
        wordFor(kinds, kind),
        caseNumber,
        issuer.name,
        to === null ? null : w.until2(formatWhen(to, { language, zone: facility.zone, precision: 'day' })),
      ]
        .filter((part) => part !== null)
        .join(' · '),
    }))
  return (
    <ShortAct<OrderEnd>
      custody={custody}
      kind="order.end"
      permission="order.record"
      verb={w.endVerb}
      needs={w.endNeeds}
      note={w.endMeans}
      initial={{ order: '', as: '', from: undefined, by: '' }}
      toData={({ order, as, from, by }, { zone, country }) =>
        order === '' || as === '' || from?.precision !== 'day'
          ? undefined
          : {
              legal: {
                order,
                as,
                from: { date: from.date, zone, inclusive: true },
                ...(by.trim() === '' ? {} : { by: { name: by.trim(), state: country } }),
              },
            }
      }
      fields={(of) => (
        <>
          <ChoiceField
            name="legal.order"
            label={w.order}
            value={of.value.order}
            onValue={(order) => of.change({ order })}
            choices={choices}
            refusal={of.refusalOf('legal.order')}
          />
          <Pick
            of={of}
            field="as"
            path="legal.as"
            label={w.endedAs}
            choices={{ quashed: w.quashed, executed: w.executed, superseded: w.superseded, lifted: w.lifted }}
          />
          <DayField
            name="legal.from"
            label={w.endFrom}
            value={of.value.from}
            onValue={(from) => of.change({ from })}
            refusal={of.refusalOf('legal.from')}
          />
          <Line of={of} field="by" path="legal.by" label={w.endBy} isMissing={of.value.by === ''} />
        </>
      )}
    />
  )
}

/** Who says which authority is responsible; two that name each other both stay. */
export function ResponsibilityForm({ custody }: FormProps) {
  const w = useWords(formWords)
  return (
    <ShortAct
      custody={custody}
      kind="responsibility.record"
      permission="custody.record"
      verb={w.responsibilityVerb}
      needs={w.nameNeeded}
      initial={{ role: '', name: '', state: '', statedBy: '' }}
      toData={({ role, name, state, statedBy }, { country }) =>
        role === '' || name.trim() === ''
          ? undefined
          : {
              legal: {
                role,
                authority: { name: name.trim(), state: state === '' ? country : state },
                ...said('statedBy', statedBy),
              },
            }
      }
      fields={(of) => (
        <>
          <Pick
            of={of}
            field="role"
            path="legal.role"
            label={w.role}
            choices={{ ordered: w.ordered, supervises: w.supervises, runs: w.runs }}
          />
          <Line of={of} field="name" path="legal.authority.name" label={w.authorityName} />
          <StateField
            name="legal.authority.state"
            label={w.issuerState}
            empty={w.ownState}
            value={of.value.state}
            onValue={(state) => of.change({ state })}
          />
          <StateField
            name="legal.statedBy"
            label={w.statedBy}
            hint={w.statedHow}
            empty={w.ownState}
            value={of.value.statedBy}
            onValue={(statedBy) => of.change({ statedBy })}
          />
        </>
      )}
    />
  )
}
