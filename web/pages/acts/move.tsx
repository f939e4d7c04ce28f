import { addressOf } from '../../frame/addresses.ts'
import { Link } from '../../frame/link.tsx'
import { useWords } from '../../frame/words.ts'
import { WhereField } from '../../parts/where-field.tsx'
import type { FormProps } from './form-props.ts'
import { Line, Pick, said } from './inputs.tsx'
import { ShortAct } from './short-act.tsx'
import { actWords, formWords } from './words.ts'

/** Where the body is, as somebody saw it: a fact. */
export function MoveForm({ custody }: FormProps) {
  const w = useWords(formWords)
  return (
    <ShortAct
      custody={custody}
      kind="presence.record"
      permission="presence.record"
      verb={w.moveVerb}
      needs={w.choosePlace}
      initial={{ state: 'at', place: '', where: '', because: 'moved' }}
      toData={({ state, place, where, because }) =>
        state === 'at' && place === '' && where.trim() === ''
          ? undefined
          : {
              place: { state, ...(state === 'at' ? said('place', place) : {}), ...said('where', where) },
              act: { because: state === 'unknown' ? 'not-found' : because },
            }
      }
      grave={({ state }) => (state === 'unknown' ? { verb: w.moveVerb, says: w.unknownMeans } : undefined)}
      fields={(of) => (
        <>
          <Pick
            of={of}
            field="state"
            path="place.state"
            label={w.state}
            empty={null}
            choices={{ at: w.at, between: w.between, unknown: w.unknown }}
          />
          {of.value.state !== 'at' ? null : (
            <WhereField
              name="place.place"
              label={w.place}
              empty={w.elsewhere}
              value={of.value.place}
              onValue={(place) => of.change({ place })}
              refusal={of.refusalOf('place.place')}
            />
          )}
          <Line of={of} field="where" path="place.where" label={w.where} hint={w.whereHow} />
          {of.value.state === 'unknown' ? null : (
            <Pick
              of={of}
              field="because"
              path="act.because"
              label={w.because}
              empty={null}
              choices={{ moved: w.moved, seen: w.seen }}
            />
          )}
        </>
      )}
    />
  )
}

/** The person left: no legal check stands in the way of saying so. Death and escape say first what they mean. */
export function DepartForm({ custody, registerNumber }: FormProps) {
  const w = useWords(formWords)
  const names = useWords(actWords)
  return (
    <ShortAct
      custody={custody}
      kind="custody.depart"
      permission="departure.record"
      verb={w.departVerb}
      needs={w.chooseHow}
      note={
        <>
          {w.leaveFact} <Link to={addressOf.act(custody, 'order.end')}>{names['order.end']}</Link>
        </>
      }
      initial={{
        as: '',
        authority: '',
        destination: '',
        verification: '',
        circumstances: '',
        cause: '',
        remains: '',
        reason: '',
      }}
      toData={(value, { country }) =>
        value.as === ''
          ? undefined
          : {
              place: said('destination', value.destination),
              legal: {
                as: value.as,
                ...(value.authority.trim() === ''
                  ? {}
                  : { authority: { name: value.authority.trim(), state: country } }),
                ...said('verification', value.verification),
                ...(value.as === 'death'
                  ? {
                      death: {
                        ...said('circumstances', value.circumstances),
                        ...said('cause', value.cause),
                        ...said('remains', value.remains),
                      },
                    }
                  : {}),
              },
              act: said('reason', value.reason),
            }
      }
      grave={({ as }) =>
        as === 'death'
          ? { verb: w.deathVerb, says: w.deathMeans(registerNumber) }
          : as === 'escape'
            ? { verb: w.escapeVerb, says: w.escapeMeans(registerNumber) }
            : undefined
      }
      fields={(of) => (
        <>
          <Pick
            of={of}
            field="as"
            path="legal.as"
            label={w.as}
            choices={{
              release: w.release,
              transfer: w.transfer,
              death: w.death,
              escape: w.escape,
              unknown: w.leftUnknown,
            }}
          />
          {of.value.as === 'death' ? (
            <>
              <Line
                of={of}
                field="circumstances"
                path="legal.death.circumstances"
                label={w.circumstances}
                rows={3}
                isMissing={of.value.circumstances === ''}
              />
              <Line of={of} field="cause" path="legal.death.cause" label={w.cause} isMissing={of.value.cause === ''} />
              <Line
                of={of}
                field="remains"
                path="legal.death.remains"
                label={w.remains}
                isMissing={of.value.remains === ''}
              />
            </>
          ) : (
            <>
              <Line
                of={of}
                field="authority"
                path="legal.authority"
                label={w.authority}
                isMissing={of.value.authority === ''}
              />
              <Line
                of={of}
                field="destination"
                path="place.destination"
                label={w.destination}
                isMissing={of.value.destination === ''}
              />
            </>
          )}
          <Line
            of={of}
            field="verification"
            path="legal.verification"
            label={w.verification}
            hint={of.value.as === 'death' ? w.deathHow : w.verificationHow}
            isMissing={of.value.verification === ''}
          />
        </>
      )}
    />
  )
}
