import { useSession } from '../../frame/session.ts'
import { useWords } from '../../frame/words.ts'
import { Page } from '../../parts/page.tsx'
import { When } from '../../parts/when.tsx'
import { Passkeys } from './passkeys.tsx'
import { SessionList } from './session-list.tsx'
import { sessionWords } from './words.ts'

/** Where one is signed in, and with which keys one signs; for administrators, everybody's sessions. */
export default function SessionsPage() {
  const w = useWords(sessionWords)
  const session = useSession().data
  return (
    <Page
      title={w.title}
      lines={
        <>
          <p className="label">{w.lead}</p>
          {session == null ? null : (
            <p className="label">
              {w.who} <b>{session.label}</b>. {w.ends} <When at={session.endsAt} />; {w.idle}{' '}
              <When at={session.idleUntil} />.
            </p>
          )}
        </>
      }
    >
      <Passkeys />
      <SessionList of="own" />
      {session?.permissions.includes('officer.manage') === true ? <SessionList of="all" /> : null}
    </Page>
  )
}
