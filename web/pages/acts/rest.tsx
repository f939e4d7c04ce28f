import { useWords } from '../../frame/words.ts'
import { WhenField, type WhenValue } from '../../parts/field.tsx'
import { itemOf } from '../admit/to-acts.ts'
import type { FormProps } from './form-props.ts'
import { Line, lines, Pick, said } from './inputs.tsx'
import { ShortAct } from './short-act.tsx'
import { formWords } from './words.ts'

export function NoteForm({ custody }: FormProps) {
  const w = useWords(formWords)
  return (
    <ShortAct
      custody={custody}
      kind="note.add"
      permission="note.record"
      verb={w.noteVerb}
      needs={w.writeNote}
      initial={{ text: '' }}
      toData={({ text }) => (text.trim() === '' ? undefined : { act: { text } })}
      fields={(of) => <Line of={of} field="text" path="act.text" label={w.text} hint={w.noteHow} rows={4} />}
    />
  )
}

export function PropertyForm({ custody }: FormProps) {
  const w = useWords(formWords)
  return (
    <ShortAct
      custody={custody}
      kind="property.list"
      permission="custody.record"
      verb={w.propertyVerb}
      initial={{ items: '', held: 'stored' }}
      toData={({ items, held }) => ({ act: { items: lines(items).map((line) => ({ ...itemOf(line), held })) } })}
      fields={(of) => (
        <>
          <Line of={of} field="items" path="act.items" label={w.items} hint={w.itemsHow} rows={5} />
          <Pick
            of={of}
            field="held"
            path="act.items.0.held"
            label={w.held}
            empty={null}
            choices={{ stored: w.stored, 'with-person': w['with-person'], 'given-to-family': w['given-to-family'] }}
          />
        </>
      )}
    />
  )
}

type Health = {
  readonly examined: WhenValue | undefined
  readonly fitness: string
  readonly injuries: string
  readonly injuriesSeen: string
  readonly illTreatment: string
  readonly complaint: string
  readonly needs: string
}

export function HealthForm({ custody }: FormProps) {
  const w = useWords(formWords)
  return (
    <ShortAct<Health>
      custody={custody}
      kind="health.record"
      permission="health.record"
      verb={w.healthVerb}
      initial={{
        examined: undefined,
        fitness: '',
        injuries: '',
        injuriesSeen: '',
        illTreatment: '',
        complaint: '',
        needs: '',
      }}
      toData={(value) => ({
        health: {
          ...(value.examined === undefined ? {} : { examined: value.examined }),
          ...said('fitness', value.fitness),
          needs: lines(value.needs).map((need) => need.slice(0, 120)),
          ...(value.injuries === '' ? {} : { injuriesRecorded: value.injuries === 'yes' }),
          ...(value.illTreatment === '' ? {} : { illTreatmentComplaint: value.illTreatment === 'yes' }),
        },
        medical: {
          injuries: value.injuries === 'yes' ? lines(value.injuriesSeen) : [],
          ...(value.illTreatment === 'yes' ? said('complaint', value.complaint) : {}),
        },
      })}
      fields={(of) => (
        <>
          <WhenField
            name="health.examined"
            label={w.examined}
            value={of.value.examined}
            onValue={(examined) => of.change({ examined })}
            missing={of.value.examined === undefined}
            refusal={of.refusalOf('health.examined')}
          />
          <Pick
            of={of}
            field="fitness"
            path="health.fitness"
            label={w.fitness}
            empty={w.notSaid}
            choices={{ fit: w.fit, unfit: w.unfit, 'not-examined': w['not-examined'] }}
          />
          <Pick
            of={of}
            field="injuries"
            path="health.injuriesRecorded"
            label={w.injuries}
            empty={w.notSaid}
            choices={{ yes: w.yes, no: w.noneSeen }}
          />
          {of.value.injuries !== 'yes' ? null : (
            <Line
              of={of}
              field="injuriesSeen"
              path="medical.injuries"
              label={w.injuriesSeen}
              hint={w.medicalOnly}
              rows={3}
            />
          )}
          <Pick
            of={of}
            field="illTreatment"
            path="health.illTreatmentComplaint"
            label={w.illTreatment}
            empty={w.notSaid}
            choices={{ yes: w.yes, no: w.no }}
          />
          {of.value.illTreatment !== 'yes' ? null : (
            <Line
              of={of}
              field="complaint"
              path="medical.complaint"
              label={w.complaint}
              hint={w.medicalOnly}
              rows={3}
            />
          )}
          <Line of={of} field="needs" path="health.needs" label={w.needs} hint={w.needsHow} rows={2} />
        </>
      )}
    />
  )
}

/** Level and status as the running authority gives them; never an input to where somebody is put. */
export function ClassifyForm({ custody }: FormProps) {
  const w = useWords(formWords)
  return (
    <ShortAct
      custody={custody}
      kind="custody.classify"
      permission="custody.record"
      verb={w.classifyVerb}
      initial={{ field: 'level', value: '' }}
      toData={({ field, value }) => ({ act: { field, value: value.trim() === '' ? null : value.trim() } })}
      fields={(of) => (
        <>
          <Pick
            of={of}
            field="field"
            path="act.field"
            label={w.field}
            empty={null}
            choices={{ level: w.level, status: w.status }}
          />
          <Line of={of} field="value" path="act.value" label={w.levelValue} hint={w.levelHow} />
        </>
      )}
    />
  )
}
