import { useState } from 'react'
import { refusalIn } from '../../frame/act.ts'
import type { ReadDay } from '../../frame/format.ts'
import { useWords } from '../../frame/words.ts'
import { DayField } from '../../parts/field.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { StateField } from '../../parts/state-field.tsx'
import { Fault } from '../../parts/states.tsx'
import { Photograph } from '../admit/photograph.tsx'
import { type KeptPicture, keepPicture } from '../keep-picture.ts'
import type { FormProps } from './form-props.ts'
import { Line, Pick, said } from './inputs.tsx'
import { ShortAct } from './short-act.tsx'
import { formWords } from './words.ts'

type Identity = {
  readonly use: string
  readonly family1: string
  readonly family2: string
  readonly given: string
  readonly birth: ReadDay | undefined
  readonly sex: string
  readonly nationality: string
  readonly scheme: string
  readonly number: string
  readonly source: string
}

/** What is known of who somebody is: supplies what was missing, adds a name. What stood before stays. */
export function IdentityForm({ custody }: FormProps) {
  const w = useWords(formWords)
  return (
    <ShortAct<Identity>
      custody={custody}
      kind="person.describe"
      permission="person.record"
      verb={w.identityVerb}
      needs={w.somethingNeeded}
      initial={{
        use: 'recorded',
        family1: '',
        family2: '',
        given: '',
        birth: undefined,
        sex: '',
        nationality: '',
        scheme: '',
        number: '',
        source: '',
      }}
      toData={(value) => {
        const identity = identityOf(value)
        return Object.keys(identity).length === 0
          ? undefined
          : { person: { identity }, act: said('source', value.source) }
      }}
      fields={(of) => (
        <>
          <Line of={of} field="family1" path="person.identity.names.0.family1" label={w.family1} />
          <Line of={of} field="family2" path="person.identity.names.0.family2" label={w.family2} />
          <Line of={of} field="given" path="person.identity.names.0.given" label={w.given} />
          <Pick
            of={of}
            field="use"
            path="person.identity.names.0.use"
            label={w.use}
            empty={null}
            choices={{ recorded: w.recorded, corrected: w.corrected, alias: w.alias, self: w.self }}
          />
          <DayField
            name="person.identity.birth.date"
            label={w.birth}
            hint={w.birthHow}
            value={of.value.birth}
            onValue={(birth) => of.change({ birth })}
            refusal={of.refusalOf('person.identity.birth')}
          />
          <Pick
            of={of}
            field="sex"
            path="person.identity.sex"
            label={w.sex}
            empty={w.notSaid}
            choices={{ F: w.F, M: w.M, X: w.X }}
          />
          <StateField
            name="person.identity.nationalities"
            label={w.nationality}
            empty={w.notSaid}
            more={[{ value: 'none', label: w.stateless }]}
            value={of.value.nationality}
            onValue={(nationality) => of.change({ nationality })}
            refusal={of.refusalOf('person.identity.nationalities')}
          />
          <Line of={of} field="scheme" path="person.identity.identifiers.0.scheme" label={w.scheme} />
          <Line of={of} field="number" path="person.identity.identifiers.0.value" label={w.documentNumber} />
          <Line of={of} field="source" path="act.source" label={w.source} />
        </>
      )}
    />
  )
}

function identityOf(value: Identity): Record<string, unknown> {
  const name = {
    ...said('family1', value.family1),
    ...said('family2', value.family2),
    ...said('given', value.given),
  }
  return {
    ...(Object.keys(name).length === 0 ? {} : { names: [{ use: value.use, ...name }] }),
    ...(value.birth === undefined ? {} : { birth: { date: value.birth.date } }),
    ...said('sex', value.sex),
    ...(value.nationality === ''
      ? {}
      : {
          nationalities: value.nationality === 'none' ? [] : [{ state: value.nationality, standing: 'stated' }],
        }),
    ...(value.number.trim() === ''
      ? {}
      : {
          identifiers: [
            {
              scheme: value.scheme.trim() === '' ? 'DOC' : value.scheme.trim(),
              issuer: /^[A-Z]{2}$/.test(value.nationality) ? value.nationality : 'not-stated',
              value: value.number.trim(),
            },
          ],
        }),
  }
}

export function ContactForm({ custody }: FormProps) {
  const w = useWords(formWords)
  return (
    <ShortAct
      custody={custody}
      kind="person.contact"
      permission="person.record"
      verb={w.contactVerb}
      needs={w.contactNeeded}
      initial={{ role: '', name: '', relation: '', reach: '' }}
      toData={({ role, name, relation, reach }) =>
        role === '' || name.trim() === ''
          ? undefined
          : { act: { role, name: name.trim(), ...said('relation', relation), ...said('reach', reach) } }
      }
      fields={(of) => (
        <>
          <Pick
            of={of}
            field="role"
            path="act.role"
            label={w.contactRole}
            choices={{ 'next-of-kin': w['next-of-kin'], counsel: w.counsel, emergency: w.emergency }}
          />
          <Line of={of} field="name" path="act.name" label={w.contactName} />
          <Line of={of} field="relation" path="act.relation" label={w.relation} />
          <Line of={of} field="reach" path="act.reach" label={w.reach} isMissing={of.value.reach === ''} />
        </>
      )}
    />
  )
}

type Pictured = { readonly kept: KeptPicture | undefined }

/** The bytes are kept as soon as they are chosen; the act names them. */
export function PhotographForm({ custody }: FormProps) {
  const w = useWords(formWords)
  const [picture, setPicture] = useState<Blob>()
  const [fault, setFault] = useState<unknown>()
  const refusal = refusalIn(fault)
  const keep = async (chosen: Blob | undefined, change: (part: Partial<Pictured>) => void) => {
    setPicture(chosen)
    setFault(undefined)
    change({ kept: undefined })
    if (chosen === undefined) return
    try {
      change({ kept: await keepPicture(custody, chosen) })
    } catch (error) {
      setFault(error)
    }
  }
  return (
    <ShortAct<Pictured>
      custody={custody}
      kind="person.photograph"
      permission="person.record"
      verb={w.photographVerb}
      needs={w.photographNeeded}
      initial={{ kept: undefined }}
      toData={({ kept }) =>
        kept === undefined
          ? undefined
          : { person: { photograph: kept.digest, mediaType: kept.mediaType, bytes: kept.bytes } }
      }
      fields={(of) => (
        <>
          <Photograph value={picture} onValue={(chosen) => void keep(chosen, of.change)} />
          {fault === undefined ? null : refusal === undefined ? <Fault error={fault} /> : <Refusal refusal={refusal} />}
        </>
      )}
    />
  )
}
