import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { endSessionContract, sessionsContract } from '../../../src/access/sign-in/contract.ts'
import { call } from '../../frame/api.ts'
import { roleWords } from '../../frame/frame-words.ts'
import { useWords } from '../../frame/words.ts'
import { Card } from '../../parts/page.tsx'
import { Empty, Fault, Loading } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { sessionWords } from './words.ts'

/** One's own sessions, or for administrators everybody's; each can be ended at once. */
export function SessionList({ of }: { readonly of: 'own' | 'all' }) {
  const w = useWords(sessionWords)
  const roles: Readonly<Record<string, string>> = useWords(roleWords)
  const [fault, setFault] = useState<unknown>()
  const { data, error, refetch } = useQuery({
    queryKey: ['still', 'sessions', of],
    queryFn: ({ signal }) => call<typeof sessionsContract>('GET', '/api/sessions', { query: { of }, signal }),
  })
  const end = async (id: string) => {
    try {
      await call<typeof endSessionContract>('POST', '/api/sessions/:id/end', { params: { id } })
      setFault(undefined)
    } catch (reason) {
      setFault(reason)
    }
    await refetch()
  }
  const isAll = of === 'all'
  const agent = useAgent()
  return (
    <Card title={isAll ? w.all : w.own}>
      {fault === undefined ? null : <Fault error={fault} />}
      {data === undefined ? (
        error === null ? (
          <Loading rows={3} />
        ) : (
          <Fault error={error} onRetry={() => void refetch()} />
        )
      ) : data.sessions.length === 0 ? (
        <Empty what={w.noSessions} />
      ) : (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                {isAll ? (
                  <>
                    <th scope="col">{w.officer}</th>
                    <th scope="col">{w.role}</th>
                    <th scope="col">{w.facility}</th>
                  </>
                ) : null}
                <th scope="col">{w.browser}</th>
                <th scope="col" className="number">
                  {w.began}
                </th>
                <th scope="col" className="number">
                  {w.used}
                </th>
                <th scope="col" className="number">
                  {w.until}
                </th>
                <th scope="col">
                  <span className="hidden-visually">{w.what}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.sessions.map((row) => (
                <tr key={row.id}>
                  {isAll ? (
                    <>
                      <td>{row.label}</td>
                      <td>{roles[row.role] ?? row.role}</td>
                      <td>{row.facility ?? w.whole}</td>
                    </>
                  ) : null}
                  <td>{row.agent === agent ? w.thisBrowser : w.otherBrowser}</td>
                  <td className="number">
                    <When at={row.created} />
                  </td>
                  <td className="number">
                    <When at={row.lastUsed} />
                  </td>
                  <td className="number">
                    <When at={row.ended ?? row.ends} />
                  </td>
                  <td>
                    {row.ended !== null ? (
                      <span className="label">{w.ended}</span>
                    ) : row.current ? (
                      <span className="tag">{w.current}</span>
                    ) : (
                      <button
                        type="button"
                        className="button small"
                        aria-label={`${w.end}: ${w.endOf(isAll ? row.label : row.agent === agent ? w.thisBrowser : w.otherBrowser)}`}
                        onClick={() => void end(row.id)}
                      >
                        {w.end}
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  )
}

/** The house keeps of a browser only the digest of how it calls itself: enough to tell one's own from others. */
function useAgent(): string | undefined {
  return useQuery({
    queryKey: ['still', 'agent'],
    queryFn: async () => {
      const text = new TextEncoder().encode(navigator.userAgent)
      return new Uint8Array(await crypto.subtle.digest('SHA-256', text)).toHex()
    },
    staleTime: Number.POSITIVE_INFINITY,
  }).data
}
