import { useRef } from 'react'
import { addressOf } from '../../frame/addresses.ts'
import { useAt } from '../../frame/at.ts'
import { useShortcut } from '../../frame/keys.ts'
import { Link } from '../../frame/link.tsx'
import { useSession } from '../../frame/session.ts'
import { useWords } from '../../frame/words.ts'
import { Drop } from '../../parts/drop.tsx'
import { actWords, personWords } from './words.ts'

/** By which permission each act is recorded, as the acts of the rooms declare it. */
const permissions: Readonly<Record<keyof typeof actWords, string>> = {
  'presence.record': 'presence.record',
  'bunk.assign': 'bunk.record',
  'order.record': 'order.record',
  'order.end': 'order.record',
  'responsibility.record': 'custody.record',
  'person.describe': 'person.record',
  'person.photograph': 'person.record',
  'person.contact': 'person.record',
  'health.record': 'health.record',
  'property.list': 'custody.record',
  'custody.classify': 'custody.record',
  'note.add': 'note.record',
  'custody.depart': 'departure.record',
}

/** The acts on this person that the role may record. In the past there are none, and the button is not there. */
export function RecordAct({ custody }: { readonly custody: string }) {
  const w = useWords(personWords)
  const names = useWords(actWords)
  const { isNow } = useAt()
  const granted = useSession().data?.permissions ?? []
  const button = useRef<HTMLButtonElement>(null)
  const kinds = (Object.keys(permissions) as (keyof typeof permissions)[]).filter((kind) =>
    granted.includes(permissions[kind]),
  )
  const canRecord = isNow && kinds.length > 0
  useShortcut('.', w.record, canRecord ? () => button.current?.click() : undefined)
  if (!canRecord) return null
  return (
    <Drop
      buttonRef={button}
      side="right"
      className="button wide"
      button={
        <>
          {w.record} <kbd>.</kbd>
        </>
      }
    >
      {kinds.map((kind) => (
        <Link key={kind} className="choice" to={addressOf.act(custody, kind)}>
          {names[kind]}
        </Link>
      ))}
    </Drop>
  )
}
