import { type ReactNode, useEffect, useRef } from 'react'
import { type ActReceipt, PasskeyRefused, pathInForm, type UseAct } from '../frame/act.ts'
import { addressOf } from '../frame/addresses.ts'
import { useAt } from '../frame/at.ts'
import { formatNumber } from '../frame/format.ts'
import { Icon } from '../frame/icons.tsx'
import { useShortcut } from '../frame/keys.ts'
import { Link } from '../frame/link.tsx'
import { plural, useWords, words } from '../frame/words.ts'
import { Mark } from './mark.tsx'
import { Refusal } from './refusal.tsx'
import { Fault } from './states.tsx'
import { When } from './when.tsx'
import './field.css'

const own = words({
  missing: {
    en: (verb: string, count: number) =>
      plural(count, 'en', { one: `${verb}: 1 thing missing`, other: `${verb}: ${formatNumber(count)} things missing` }),
    es: (verb: string, count: number) =>
      plural(count, 'es', { one: `${verb}: falta 1 cosa`, other: `${verb}: faltan ${formatNumber(count)} cosas` }),
  },
  record: { en: 'Record', es: 'Registrar' },
  notNow: { en: 'Go back to now to record.', es: 'Vuelva a ahora para registrar.' },
  kept: { en: 'Draft kept on this machine', es: 'Borrador guardado en este equipo' },
  refused: { en: 'Not accepted: ', es: 'No aceptado: ' },
  notConfirmed: {
    en: 'The passkey did not confirm. Nothing was recorded.',
    es: 'La llave de acceso no confirmó. No se registró nada.',
  },
  recorded: { en: 'Recorded', es: 'Registrado' },
  again: { en: 'It had been recorded before; it is one entry.', es: 'Ya estaba registrado; es un solo asiento.' },
  entry: { en: (n: string) => `entry ${n}`, es: (n: string) => `asiento ${n}` },
  pending: {
    en: 'The promise of inclusion is pending: the signer does not answer. The fact is recorded.',
    es: 'La promesa de inclusión está pendiente: el firmante no responde. El hecho está registrado.',
  },
  promised: { en: 'promised for the next checkpoint', es: 'prometido para el próximo sello' },
  correct: { en: 'Correct it', es: 'Corregirlo' },
})

export type ActFormProps<K> = {
  readonly act: UseAct<K>
  /** The button: a verb and its object, 'Record the admission'. */
  readonly verb: string
  readonly onSubmit: () => void
  /** How many things are missing: the button says so, and is never in the way. */
  readonly missing?: number
  readonly note?: ReactNode
  /** When the draft was last kept. */
  readonly keptAt?: string | undefined
  /** Asks for a passkey when pressed. */
  readonly hasStepUp?: boolean
  /** Why it cannot be pressed, as a sentence. */
  readonly blocked?: string | undefined
  /** Further buttons. */
  readonly actions?: ReactNode
  /** Instead of the receipt that is shown by itself. */
  readonly receipt?: (receipt: ActReceipt) => ReactNode
  /** Refused fields are shown by their own `Field`; the summary says the rest. */
  readonly children: ReactNode
}

/** One form, one act: Ctrl Enter records; a refusal gets the focus at its field; the receipt stays in its place. */
export function ActForm<K>(props: ActFormProps<K>) {
  const {
    act,
    verb,
    onSubmit,
    missing = 0,
    note,
    keptAt,
    hasStepUp = false,
    blocked,
    actions,
    receipt,
    children,
  } = props
  const w = useWords(own)
  const { isNow } = useAt()
  const form = useRef<HTMLFormElement>(null)
  const why = isNow ? blocked : w.notNow
  const submit = () => {
    if (why === undefined && !act.isSending) onSubmit()
  }
  useShortcut('Ctrl+Enter', verb, act.receipt === undefined ? submit : undefined)
  const { refusal } = act
  useEffect(() => {
    if (refusal === undefined) return
    if (!document.title.startsWith(w.refused)) document.title = `${w.refused}${document.title}`
    const path = refusal.fields
      .map((field) => pathInForm(field.path))
      .find((one) => fieldOf(form.current, one) !== undefined)
    const target =
      path === undefined ? form.current?.querySelector<HTMLElement>('.refusal') : fieldOf(form.current, path)
    target?.focus()
    target?.scrollIntoView({ block: 'nearest' })
  }, [refusal, w.refused])
  if (act.receipt !== undefined) return receipt?.(act.receipt) ?? <Receipt receipt={act.receipt} />
  const isElsewhere =
    refusal !== undefined && !refusal.fields.some(({ path }) => fieldOf(form.current, pathInForm(path)) !== undefined)
  return (
    <form
      ref={form}
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {children}
      {isElsewhere ? (
        <div tabIndex={-1} className="refusal-summary">
          <Refusal refusal={refusal} />
        </div>
      ) : null}
      {act.fault === undefined ? null : act.fault instanceof PasskeyRefused ? (
        <p role="alert" className="refusal">
          <Mark kind="refused" /> {w.notConfirmed}
        </p>
      ) : (
        <Fault error={act.fault} onRetry={submit} />
      )}
      <div className="form-foot">
        <button type="submit" className="button primary" aria-disabled={why !== undefined || act.isSending} title={why}>
          {missing > 0 ? w.missing(verb, missing) : verb}
          {hasStepUp ? <Icon name="key" /> : <kbd>Ctrl Enter</kbd>}
        </button>
        {actions}
        <span className="support" aria-live="polite">
          {why ?? note}
          {why === undefined && keptAt !== undefined ? (
            <>
              {note === undefined ? null : ' '}
              {w.kept} · <When at={keptAt} precision="second" />
            </>
          ) : null}
        </span>
      </div>
    </form>
  )
}

const fieldOf = (form: HTMLElement | null, path: string): HTMLElement | undefined =>
  [...(form?.querySelectorAll<HTMLElement>('[data-path]') ?? [])].find((one) => {
    const own = one.dataset.path ?? ''
    return own !== '' && (path === own || path.startsWith(`${own}.`))
  })

/** What was recorded, in its place: entry, both times, promise, and the way to undo it by correction. */
export function Receipt({ receipt, children }: { readonly receipt: ActReceipt; readonly children?: ReactNode }) {
  const w = useWords(own)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.focus(), [])
  return (
    <div ref={place} className="card receipt" role="status" tabIndex={-1}>
      <Mark kind={receipt.promise === 'pending' ? 'attested' : 'proven'} size={20} />
      <div>
        <p>
          <b>
            {w.recorded} <When at={receipt.recordedAt} precision="second" />,{' '}
            <Link to={addressOf.entry(receipt.entry)}>{w.entry(formatNumber(receipt.n))}</Link>
          </b>
          {receipt.registerNumber === undefined ? null : ` · ${receipt.registerNumber}`}
        </p>
        <p className="support">
          {receipt.promise === 'pending' ? w.pending : w.promised}
          {receipt.repeated ? ` · ${w.again}` : ''}
        </p>
        {children}
      </div>
    </div>
  )
}
