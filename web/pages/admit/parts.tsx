import type { ReactNode } from 'react'
import type { ActRefusal } from '../../frame/act.ts'
import { formatLanguage } from '../../frame/format.ts'
import { useLanguage, useWords } from '../../frame/words.ts'
import { CheckField, ChoiceField, DayField, TextField, WhenField } from '../../parts/field.tsx'
import { Card } from '../../parts/page.tsx'
import { StateField } from '../../parts/state-field.tsx'
import { WhereField } from '../../parts/where-field.tsx'
import { BunkField, useBunks } from '../bunk-field.tsx'
import { orderWords } from '../terms.ts'
import { Photograph } from './photograph.tsx'
import { type AdmissionValues, isGiven, isNamed, isOrderWhole } from './values.ts'
import { admitWords } from './words.ts'

export type Editing = {
  readonly value: AdmissionValues
  readonly change: (part: Partial<AdmissionValues>) => void
  readonly refusalOf: (path: string) => ActRefusal | undefined
}

/** Languages that are spoken where people here come from; others are written as text in a note. */
const LANGUAGES = ['es', 'en', 'pt', 'fr', 'ht', 'quc', 'kek', 'mam', 'nah', 'miq', 'ppl', 'zh', 'ar', 'ru', 'de', 'it']

type TextKey = { [K in keyof AdmissionValues]: AdmissionValues[K] extends string ? K : never }[keyof AdmissionValues]

/** One line of the form bound to its value. */
function Line({
  field,
  of,
  path,
  label,
  hint,
  isMissing,
  rows,
}: {
  readonly field: TextKey
  readonly of: Editing
  readonly path: string
  readonly label: string
  readonly hint?: ReactNode
  readonly isMissing?: boolean
  readonly rows?: number
}) {
  return (
    <TextField
      name={path}
      label={label}
      value={of.value[field]}
      onValue={(text) => of.change({ [field]: text })}
      missing={isMissing ?? false}
      refusal={of.refusalOf(path)}
      {...(hint === undefined ? {} : { hint })}
      {...(rows === undefined ? {} : { rows })}
    />
  )
}

function Pick({
  field,
  of,
  path,
  label,
  choices,
  empty,
  isMissing,
  hint,
}: {
  readonly field: TextKey
  readonly of: Editing
  readonly path: string
  readonly label: string
  readonly choices: Readonly<Record<string, string>>
  readonly empty?: string
  readonly isMissing?: boolean
  readonly hint?: ReactNode
}) {
  return (
    <ChoiceField
      name={path}
      label={label}
      value={of.value[field]}
      onValue={(one) => of.change({ [field]: one })}
      choices={Object.entries(choices).map(([value, said]) => ({ value, label: said }))}
      missing={isMissing ?? false}
      refusal={of.refusalOf(path)}
      {...(empty === undefined ? {} : { empty })}
      {...(hint === undefined ? {} : { hint })}
    />
  )
}

export function ArrivalPart(of: Editing) {
  const w = useWords(admitWords)
  const { value, change, refusalOf } = of
  return (
    <Card title={w.arrival} aside={<span className="support">{w.arrivalAside}</span>}>
      <div className="fields">
        <WhenField
          name="occurredAt"
          label={w.since}
          value={value.since}
          onValue={(since) => change({ since })}
          missing={value.since?.precision === 'day'}
          refusal={refusalOf('occurredAt')}
        />
        <Line field="handedBy" of={of} path="staff.officials" label={w.handedBy} hint={w.handedHow} />
        <Pick
          field="manner"
          of={of}
          path="act.manner"
          label={w.manner}
          empty={w.notSaid}
          choices={{ arrest: w.arrest, transfer: w.transfer, surrender: w.surrender, return: w.return }}
        />
      </div>
    </Card>
  )
}

export function WhoPart({
  photograph,
  onPhotograph,
  ...of
}: Editing & { readonly photograph: Blob | undefined; readonly onPhotograph: (picture: Blob | undefined) => void }) {
  const w = useWords(admitWords)
  const { language } = useLanguage()
  const { value, change, refusalOf } = of
  const named = isNamed(value)
  const languages = Object.fromEntries(LANGUAGES.map((code) => [code, formatLanguage(code, language)]))
  return (
    <Card title={w.who}>
      <div className="fields">
        <Line field="family1" of={of} path="person.identity.names.0.family1" label={w.family1} isMissing={!named} />
        <Line field="family2" of={of} path="person.identity.names.0.family2" label={w.family2} />
        <Line
          field="given"
          of={of}
          path="person.identity.names.0.given"
          label={w.given}
          isMissing={!named}
          hint={w.givenHow}
        />
        {named ? null : (
          <Pick
            field="isUnnamed"
            of={of}
            path="person.identity.unnamed"
            label={w.noName}
            empty={w.named}
            choices={{ refuses: w.refuses, unconscious: w.unconscious, unknown: w.nobodyKnows }}
          />
        )}
        {value.isUnnamed === '' ? null : (
          <Line
            field="description"
            of={of}
            path="person.identity.unnamed.description"
            label={w.description}
            hint={w.descriptionHow}
            isMissing={!isGiven(value.description)}
            rows={2}
          />
        )}
        <DayField
          name="person.identity.birth.date"
          label={w.birth}
          hint={w.birthHow}
          value={value.birth}
          onValue={(birth) => change({ birth })}
          missing={value.birth === undefined && !isGiven(value.age)}
          refusal={refusalOf('person.identity.birth')}
        />
        {value.birth !== undefined ? null : (
          <Line field="age" of={of} path="person.identity.birth.ageYears" label={w.age} />
        )}
        <Pick
          field="sex"
          of={of}
          path="person.identity.sex"
          label={w.sex}
          isMissing={value.sex === ''}
          empty={w.notTold}
          choices={{ F: w.F, M: w.M, X: w.X }}
        />
        <StateField
          name="person.identity.nationalities"
          label={w.nationality}
          value={value.nationality}
          onValue={(nationality) => change({ nationality })}
          missing={value.nationality === ''}
          empty={w.notTold}
          more={[{ value: 'none', label: w.stateless }]}
          refusal={refusalOf('person.identity.nationalities')}
        />
        <Line field="scheme" of={of} path="person.identity.identifiers.0.scheme" label={w.scheme} hint={w.schemeHow} />
        <Line
          field="number"
          of={of}
          path="person.identity.identifiers.0.value"
          label={w.number}
          isMissing={!isGiven(value.number)}
        />
        <Pick
          field="language"
          of={of}
          path="person.identity.languages"
          label={w.language}
          empty={w.notTold}
          choices={languages}
        />
        {value.language === '' ? null : (
          <CheckField
            name="person.identity.languages.0.interpreter"
            label={w.interpreter}
            value={value.interpreter}
            onValue={(interpreter) => change({ interpreter })}
          />
        )}
        <Photograph value={photograph} onValue={onPhotograph} />
      </div>
    </Card>
  )
}

export function LawPart(of: Editing) {
  const w = useWords(admitWords)
  const { value, change, refusalOf } = of
  const orders = useWords(orderWords)
  return (
    <Card title={w.law}>
      <div className="fields">
        <Pick
          field="papers"
          of={of}
          path="legal.ordersStated"
          label={w.papers}
          empty={w.papersUnknown}
          choices={{ order: w.paperOrder, none: w.paperNone }}
          isMissing={value.papers !== 'order'}
          hint={value.papers === 'none' ? w.noPaper : value.papers === '' ? w.unknownPaper : undefined}
        />
        {value.papers !== 'order' ? null : (
          <>
            <Pick
              field="orderKind"
              of={of}
              path="legal.orders.0.kind"
              label={w.orderKind}
              choices={orders}
              isMissing={value.orderKind === ''}
            />
            <Line
              field="issuer"
              of={of}
              path="legal.orders.0.issuer.name"
              label={w.issuer}
              hint={w.issuerHow}
              isMissing={!isGiven(value.issuer)}
            />
            <StateField
              name="legal.orders.0.issuer.state"
              label={w.issuerState}
              value={value.issuerState}
              onValue={(issuerState) => change({ issuerState })}
              empty={w.ownState}
            />
            <Line field="caseNumber" of={of} path="legal.orders.0.caseNumber" label={w.caseNumber} />
            <Line field="provision" of={of} path="legal.orders.0.provision" label={w.provision} />
            <DayField
              name="legal.orders.0.from"
              label={w.from}
              value={value.orderFrom}
              onValue={(orderFrom) => change({ orderFrom })}
              missing={value.orderFrom?.precision !== 'day'}
              refusal={refusalOf('legal.orders.0.from')}
            />
            <Pick
              field="untilAs"
              of={of}
              path="legal.orders.0.until"
              label={w.untilAs}
              isMissing={value.untilAs === ''}
              choices={{ day: w.untilDay, open: w.untilOpen, 'not-stated': w.untilNotStated }}
            />
            {value.untilAs !== 'day' ? null : (
              <DayField
                name="legal.orders.0.until.date"
                label={w.until}
                value={value.orderUntil}
                onValue={(orderUntil) => change({ orderUntil })}
                missing={value.orderUntil?.precision !== 'day'}
              />
            )}
            <CheckField
              name="legal.orders.0.provisional"
              label={w.provisional}
              value={value.provisional}
              onValue={(provisional) => change({ provisional })}
            />
            {isOrderWhole(value) ? null : <p className="support whole">{w.notWhole}</p>}
          </>
        )}
        <Line field="grounds" of={of} path="legal.grounds" label={w.grounds} isMissing={!isGiven(value.grounds)} />
        <WhenField
          name="legal.deprivation.at"
          label={w.takenAt}
          value={value.takenAt}
          onValue={(takenAt) => change({ takenAt })}
          missing={value.takenAt === undefined}
          refusal={refusalOf('legal.deprivation.at')}
        />
        <Line
          field="takenWhere"
          of={of}
          path="legal.deprivation.where"
          label={w.takenWhere}
          isMissing={!isGiven(value.takenWhere)}
        />
        <Line
          field="takenBy"
          of={of}
          path="legal.deprivation.by"
          label={w.takenBy}
          isMissing={!isGiven(value.takenBy)}
        />
        {value.papers === 'order' ? null : (
          <Line
            field="issuer"
            of={of}
            path="legal.authorities.ordered"
            label={w.issuer}
            isMissing={!isGiven(value.issuer)}
          />
        )}
        <Line
          field="supervises"
          of={of}
          path="legal.authorities.supervises"
          label={w.supervises}
          isMissing={!isGiven(value.supervises)}
        />
        <Line field="runs" of={of} path="legal.authorities.runs" label={w.runs} isMissing={!isGiven(value.runs)} />
      </div>
    </Card>
  )
}

export function WherePart(of: Editing) {
  const w = useWords(admitWords)
  const { value, change, refusalOf } = of
  const bunks = useBunks(value.cell)
  return (
    <Card title={w.where}>
      <div className="fields">
        <WhereField
          name="place.place"
          label={w.place}
          hint={w.placeHow}
          value={value.place}
          onValue={(place) => change({ place })}
          empty={w.somewhere}
          refusal={refusalOf('place.place')}
        />
        <WhereField
          name="cell"
          label={w.cell}
          value={value.cell}
          onValue={(cell) => change({ cell, bunk: '' })}
          kinds={['cell']}
        />
        {value.cell === '' ? null : (
          <BunkField
            name="place.bunk"
            label={w.bunk}
            hint={w.bunkHow}
            bunks={bunks}
            value={value.bunk}
            onValue={(bunk) => change({ bunk })}
          />
        )}
        <WhenField
          name="health.examined"
          label={w.examined}
          value={value.examined}
          onValue={(examined) => change({ examined })}
          missing={value.examined === undefined}
          refusal={refusalOf('health.examined')}
        />
        <Pick
          field="fitness"
          of={of}
          path="health.fitness"
          label={w.fitness}
          empty={w.notTold}
          isMissing={value.fitness === '' || value.fitness === 'not-examined'}
          choices={{ fit: w.fit, unfit: w.unfit, 'not-examined': w.notExamined }}
        />
        <Pick
          field="injuries"
          of={of}
          path="health.injuriesRecorded"
          label={w.injuries}
          empty={w.notTold}
          isMissing={value.injuries === ''}
          choices={{ yes: w.seen, no: w.noneSeen }}
        />
        {value.injuries !== 'yes' ? null : (
          <Line
            field="injuriesSeen"
            of={of}
            path="medical.injuries"
            label={w.injuriesSeen}
            hint={w.injuriesHow}
            rows={2}
          />
        )}
        <Pick
          field="illTreatment"
          of={of}
          path="health.illTreatmentComplaint"
          label={w.illTreatment}
          empty={w.notTold}
          isMissing={value.illTreatment === ''}
          choices={{ yes: w.seen, no: w.no }}
        />
        {value.illTreatment !== 'yes' ? null : (
          <Line field="complaint" of={of} path="medical.complaint" label={w.complaint} hint={w.injuriesHow} rows={3} />
        )}
        <Line field="needs" of={of} path="health.needs" label={w.needs} hint={w.needsHow} rows={2} />
      </div>
    </Card>
  )
}

export function EffectsPart(of: Editing) {
  const w = useWords(admitWords)
  const { value } = of
  return (
    <Card title={w.effects}>
      <div className="fields">
        <Pick
          field="property"
          of={of}
          path="property"
          label={w.property}
          empty={w.notTold}
          isMissing={value.property === ''}
          choices={{ none: w.propertyNone, list: w.propertyList }}
        />
        {value.property !== 'list' ? null : (
          <Line field="items" of={of} path="property.items" label={w.items} hint={w.itemsHow} rows={3} />
        )}
        <Pick
          field="children"
          of={of}
          path="act.children"
          label={w.children}
          empty={w.notTold}
          isMissing={value.children === ''}
          choices={{ none: w.childrenNone, some: w.childrenSome }}
        />
        {value.children !== 'some' ? null : (
          <>
            <Line field="childrenAges" of={of} path="act.children.0.ageYears" label={w.ages} />
            <Pick
              field="childrenWhere"
              of={of}
              path="act.children.0.where"
              label={w.childrenWhere}
              empty={w.unknown}
              choices={{
                'with-the-person': w['with-the-person'],
                'with-family': w['with-family'],
                'in-care': w['in-care'],
              }}
            />
          </>
        )}
        <Pick
          field="contact"
          of={of}
          path="contact"
          label={w.contact}
          empty={w.notTold}
          isMissing={value.contact === ''}
          choices={{ given: w.contactGiven, declined: w.contactDeclined }}
        />
        {value.contact !== 'given' ? null : (
          <>
            <Line field="kin" of={of} path="contact.kin" label={w.kin} isMissing={!isGiven(value.kin)} />
            <Line field="kinRelation" of={of} path="contact.kinRelation" label={w.kinRelation} />
            <Line field="kinReach" of={of} path="contact.kinReach" label={w.reach} />
            <Line
              field="emergency"
              of={of}
              path="contact.emergency"
              label={w.emergency}
              isMissing={!isGiven(value.emergency)}
            />
            <Line field="emergencyReach" of={of} path="contact.emergencyReach" label={w.reach} />
          </>
        )}
      </div>
    </Card>
  )
}
