import './json.css'

/** A value as it was sealed: a text as it stands, anything else as JSON. */
export function Content({ value }: { readonly value: unknown }) {
  if (typeof value === 'string') return <span className="value">{value}</span>
  return <code className="json">{JSON.stringify(value, null, 1)}</code>
}

/** Text that keeps its lines: a note, an envelope. */
export function Verbatim({ text }: { readonly text: string }) {
  return <code className="json">{text}</code>
}
