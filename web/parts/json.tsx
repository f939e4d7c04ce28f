import './json.css'

/** A value as it was sealed: texts and numbers as they stand, anything deeper as a list of its parts. */
export function Content({ value }: { readonly value: unknown }) {
  if (value === null) return <code>null</code>
  if (typeof value !== 'object') return <span className="value">{String(value)}</span>
  const parts: readonly (readonly [string, unknown])[] = Array.isArray(value)
    ? value.map((part, at) => [String(at + 1), part] as const)
    : Object.entries(value)
  return (
    <dl className="sealed">
      {parts.map(([name, part]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Content value={part} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Text that keeps its lines: a note, an envelope. */
export function Verbatim({ text }: { readonly text: string }) {
  return <code className="json">{text}</code>
}
