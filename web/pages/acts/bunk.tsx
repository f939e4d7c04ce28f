import { useState } from 'react'
import { addressOf } from '../../frame/addresses.ts'
import { Link } from '../../frame/link.tsx'
import { useWords } from '../../frame/words.ts'
import { WhereField } from '../../parts/where-field.tsx'
import { BunkField, useBunks } from '../bunk-field.tsx'
import type { FormProps } from './form-props.ts'
import { type Editing, ShortAct } from './short-act.tsx'
import { formWords } from './words.ts'

type Values = { readonly cell: string; readonly bunk: string }

/** Which bunk is meant for whom: an intention, refused where it is meant for somebody else. */
export function BunkForm({ custody }: FormProps) {
  const w = useWords(formWords)
  return (
    <ShortAct<Values>
      custody={custody}
      kind="bunk.assign"
      permission="bunk.record"
      verb={w.bunkVerb}
      needs={w.chooseBunk}
      fieldOf={{ 'bunk-taken': 'place.bunk' }}
      initial={{ cell: '', bunk: '' }}
      toData={({ bunk }) => (bunk === '' ? undefined : { place: { bunk } })}
      note={
        <>
          {w.liesThere} <Link to={addressOf.act(custody, 'presence.record')}>{w.recordWhere}</Link>.
        </>
      }
      fields={(of) => (
        <>
          <WhereField
            name="cell"
            label={w.cell}
            kinds={['cell']}
            value={of.value.cell}
            onValue={(cell) => of.change({ cell, bunk: '' })}
          />
          <Bunks of={of} />
        </>
      )}
    />
  )
}

function Bunks({ of }: { readonly of: Editing<Values> }) {
  const w = useWords(formWords)
  const bunks = useBunks(of.value.cell)
  const refusal = of.refusalOf('place.bunk')
  const chosen = bunks.find(({ id }) => id === of.value.bunk)
  // A bunk may be meant for somebody who lies elsewhere: what was refused is not offered again.
  const [tried, setTried] = useState<readonly string[]>([])
  const free = bunks.find(({ id, custody }) => custody === undefined && id !== of.value.bunk && !tried.includes(id))
  return (
    <BunkField
      name="place.bunk"
      label={w.bunk}
      bunks={bunks}
      value={of.value.bunk}
      onValue={(bunk) => of.change({ bunk })}
      refusal={refusal}
      remedies={
        <>
          {free === undefined ? null : (
            <button
              type="button"
              className="button small"
              onClick={() => {
                setTried([...tried, of.value.bunk])
                of.change({ bunk: free.id })
              }}
            >
              {w.take(free.position)}
            </button>
          )}
          {chosen?.custody === undefined || chosen.registerNumber === undefined ? null : (
            <Link className="button small" to={addressOf.act(chosen.custody, 'bunk.vacate')}>
              {w.giveUp(chosen.registerNumber)}
            </Link>
          )}
        </>
      }
    />
  )
}

/** The bunk is free again: a fact. */
export function VacateForm({ custody }: FormProps) {
  const w = useWords(formWords)
  return (
    <ShortAct
      custody={custody}
      kind="bunk.vacate"
      permission="bunk.record"
      verb={w.vacateVerb}
      initial={{}}
      note={w.vacateHow}
      toData={() => ({ place: {} })}
      fields={() => null}
    />
  )
}
