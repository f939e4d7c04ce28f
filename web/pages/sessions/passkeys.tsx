import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { passkeysContract, revokePasskeyContract } from '../../../src/access/sign-in/contract.ts'
import { addressOf } from '../../frame/addresses.ts'
import { call } from '../../frame/api.ts'
import { formatNumber, formatWhen } from '../../frame/format.ts'
import { Icon } from '../../frame/icons.tsx'
import { Link } from '../../frame/link.tsx'
import { useFacility, useMay, useSession } from '../../frame/session.ts'
import { PasskeyRefused, registerPasskey } from '../../frame/step-up.ts'
import { useLanguage, useWords } from '../../frame/words.ts'
import { Mark } from '../../parts/mark.tsx'
import { Card } from '../../parts/page.tsx'
import { Empty, Fault, Loading } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { sessionWords } from './words.ts'

/** The keys with which one signs: registered on this device, listed, revoked. */
export function Passkeys() {
  const w = useWords(sessionWords)
  const session = useSession()
  const [isRegistering, setRegistering] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const { data, error, refetch } = useQuery({
    queryKey: ['still', 'passkeys'],
    queryFn: ({ signal }) => call<typeof passkeysContract>('GET', '/api/passkeys', { signal }),
  })
  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work()
      setFault(undefined)
    } catch (reason) {
      setFault(reason)
    }
    await Promise.all([refetch(), session.refetch()])
  }
  const register = async () => {
    if (isRegistering) return
    setRegistering(true)
    await attempt(registerPasskey)
    setRegistering(false)
  }
  return (
    <Card title={w.passkeys}>
      <div className="card-body stack">
        <p className="label">{w.passkeysWhy}</p>
        <div>
          <button type="button" className="button" aria-disabled={isRegistering} onClick={() => void register()}>
            <Icon name="key" /> {isRegistering ? w.registering : w.register}
          </button>
        </div>
        {fault === undefined ? null : fault instanceof PasskeyRefused ? (
          <p role="alert">
            <Mark kind="refused" /> {w.notConfirmed}
          </p>
        ) : (
          <Fault error={fault} />
        )}
      </div>
      {data === undefined ? (
        error === null ? (
          <Loading rows={2} />
        ) : (
          <Fault error={error} onRetry={() => void refetch()} />
        )
      ) : data.passkeys.length === 0 ? (
        <Empty what={w.noPasskeys}>{w.noPasskeysWhy}</Empty>
      ) : (
        <Keys
          keys={data.passkeys}
          onRevoke={(id) =>
            void attempt(() =>
              call<typeof revokePasskeyContract>('POST', '/api/passkeys/:id/revoke', { params: { id } }),
            )
          }
        />
      )}
    </Card>
  )
}

type EntryOf = { readonly entry: string; readonly n: number } | null

/** Where the record says it: whoever registered a key in another's name would have left this. */
function Entered({ as }: { readonly as: EntryOf }) {
  const w = useWords(sessionWords)
  const mayOpen = useMay('entry.read')
  if (as === null) return null
  const words = w.entry(formatNumber(as.n))
  return <div className="support">{mayOpen ? <Link to={addressOf.entry(as.entry)}>{words}</Link> : words}</div>
}

function Keys(props: {
  readonly keys: readonly {
    readonly id: string
    readonly created: string
    readonly lastUsed: string | null
    readonly revoked: string | null
    readonly addedAs: EntryOf
    readonly revokedAs: EntryOf
  }[]
  readonly onRevoke: (id: string) => void
}) {
  const w = useWords(sessionWords)
  const { language } = useLanguage()
  const { zone } = useFacility()
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{w.registered}</th>
            <th scope="col">{w.lastSigned}</th>
            <th scope="col">{w.state}</th>
            <th scope="col">
              <span className="hidden-visually">{w.what}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {props.keys.map(({ id, created, lastUsed, revoked, addedAs, revokedAs }) => (
            <tr key={id}>
              <td>
                <When at={created} precision="second" />
                <Entered as={addedAs} />
              </td>
              <td>{lastUsed === null ? w.never : <When at={lastUsed} precision="second" />}</td>
              <td>
                {revoked === null ? (
                  w.inUse
                ) : (
                  <span className="label">
                    {w.revoked} <When at={revoked} />
                    <Entered as={revokedAs} />
                  </span>
                )}
              </td>
              <td>
                {revoked !== null ? null : (
                  <button
                    type="button"
                    className="button small"
                    aria-label={`${w.revoke}: ${w.revokeOf(formatWhen(created, { language, zone, precision: 'second' }))}`}
                    onClick={() => props.onRevoke(id)}
                  >
                    {w.revoke}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
