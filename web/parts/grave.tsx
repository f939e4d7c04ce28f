import { type ReactNode, useState } from 'react'
import { Icon } from '../frame/icons.tsx'
import { useSession } from '../frame/session.ts'
import { PasskeyRefused, registerPasskey } from '../frame/step-up.ts'
import { useWords, words } from '../frame/words.ts'
import { When } from './when.tsx'
import './field.css'

const own = words({
  notYet: { en: 'Not yet', es: 'Todavía no' },
  confirm: { en: 'Confirm', es: 'Confirmar' },
  refuse: { en: 'Refuse, with a reason', es: 'Rechazar, con un motivo' },
  reason: { en: 'Reason', es: 'Motivo' },
  proposedBy: { en: 'Proposed by', es: 'Lo propuso' },
  youMay: { en: 'You may confirm.', es: 'Usted puede confirmar.' },
  youMayNot: {
    en: 'You proposed this. Another person must confirm it.',
    es: 'Usted lo propuso. Debe confirmarlo otra persona.',
  },
  open: { en: 'Open until', es: 'Abierto hasta' },
  asks: {
    en: 'It asks for your passkey, for this one act, within 2 minutes.',
    es: 'Pide su llave de acceso, solo para este acto, en 2 minutos.',
  },
  noKey: {
    en: 'You have no passkey yet. Register one on this machine; then go on.',
    es: 'Usted aún no tiene llave de acceso. Registre una en este equipo y siga.',
  },
  register: { en: 'Register a passkey', es: 'Registrar una llave' },
  notConfirmed: {
    en: 'The passkey did not confirm. Nothing was signed.',
    es: 'La llave no confirmó. No se firmó nada.',
  },
})

export type ConsequenceProps = {
  /** What will be recorded, and what follows: never 'Are you sure?'. */
  readonly children: ReactNode
  /** The button: 'Record the death'. */
  readonly verb: string
  readonly hasStepUp?: boolean
  readonly isSending?: boolean
  readonly onConfirm: () => void
  readonly onNotYet?: () => void
}

/** A grave act: what will happen, then one button with its verb. */
export function Consequence({
  children,
  verb,
  hasStepUp = false,
  isSending = false,
  onConfirm,
  onNotYet,
}: ConsequenceProps) {
  const w = useWords(own)
  return (
    <div className="card consequence">
      <p>{children}</p>
      <div className="row">
        <button
          type="button"
          className="button primary"
          aria-disabled={isSending}
          onClick={isSending ? undefined : onConfirm}
        >
          {verb} {hasStepUp ? <Icon name="key" /> : null}
        </button>
        {onNotYet === undefined ? null : (
          <button type="button" className="button" onClick={onNotYet}>
            {w.notYet}
          </button>
        )}
      </div>
    </div>
  )
}

export type ProposalProps = {
  readonly title: string
  /** How the proposer is called: 'off. 0388'. */
  readonly proposer: string
  readonly proposedAt: string
  /** False for the proposer. */
  readonly mayConfirm: boolean
  readonly expiresAt?: string
  /** The same figures that the proposer saw. */
  readonly figures: readonly { readonly label: string; readonly value: ReactNode }[]
  readonly hasStepUp?: boolean
  readonly onConfirm: () => void
  readonly onRefuse: (reason: string) => void
}

/** Four eyes: who proposed it, the same figures, confirmed by another only, refused with a reason. */
export function Proposal(props: ProposalProps) {
  const { title, proposer, proposedAt, mayConfirm, expiresAt, figures, hasStepUp = false, onConfirm, onRefuse } = props
  const w = useWords(own)
  const [reason, setReason] = useState<string>()
  return (
    <section className="card">
      <header>
        <h2>{title}</h2>
        <span className="label">
          {w.proposedBy} {proposer}, <When at={proposedAt} />. {mayConfirm ? w.youMay : w.youMayNot}
        </span>
      </header>
      <dl className="facts">
        {figures.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="number">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="card-body stack">
        <div className="row">
          <button
            type="button"
            className="button primary"
            aria-disabled={!mayConfirm}
            title={mayConfirm ? undefined : w.youMayNot}
            onClick={mayConfirm ? onConfirm : undefined}
          >
            {w.confirm} {hasStepUp ? <Icon name="key" /> : null}
          </button>
          <button
            type="button"
            className="button"
            onClick={() => setReason(reason === undefined ? '' : undefined)}
            aria-expanded={reason !== undefined}
          >
            {w.refuse}
          </button>
        </div>
        {reason === undefined ? null : (
          <div className="row">
            <label>
              <span className="label">{w.reason}</span>
              <input className="input" value={reason} onChange={(event) => setReason(event.target.value)} />
            </label>
            <button
              type="button"
              className="button small"
              aria-disabled={reason.trim() === ''}
              onClick={() => reason.trim() !== '' && onRefuse(reason.trim())}
            >
              {w.refuse}
            </button>
          </div>
        )}
        {expiresAt === undefined ? null : (
          <p className="support">
            {w.open} <When at={expiresAt} />
          </p>
        )}
      </div>
    </section>
  )
}

export type StepUpProps = {
  readonly verb: string
  /** What is being signed, as a sentence: it stands above the button. */
  readonly forWhat: ReactNode
  readonly blocked?: string | undefined
  readonly isSending?: boolean
  /** Sends the act or request; `useAct` and `withStepUp` ask for the passkey when the server wants it. */
  readonly onPress: () => void
}

/** The button of what needs a passkey. Who has none registers one here first. */
export function StepUp({ verb, forWhat, blocked, isSending = false, onPress }: StepUpProps) {
  const w = useWords(own)
  const session = useSession()
  const [isRefused, refuse] = useState(false)
  const hasPasskey = session.data?.hasPasskey ?? true
  const register = async () => {
    refuse(false)
    try {
      await registerPasskey()
      await session.refetch()
    } catch (error) {
      if (!(error instanceof PasskeyRefused)) throw error
      refuse(true)
    }
  }
  return (
    <div className="stack">
      <div>{forWhat}</div>
      {hasPasskey ? (
        <button
          type="button"
          className="button primary wide"
          aria-disabled={blocked !== undefined || isSending}
          title={blocked}
          onClick={blocked === undefined && !isSending ? onPress : undefined}
        >
          <Icon name="key" /> {verb}
        </button>
      ) : (
        <button type="button" className="button wide" onClick={() => void register()}>
          <Icon name="key" /> {w.register}
        </button>
      )}
      <p className="support" aria-live="polite">
        {isRefused ? w.notConfirmed : (blocked ?? (hasPasskey ? w.asks : w.noKey))}
      </p>
    </div>
  )
}
