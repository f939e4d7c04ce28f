import { type ReactNode, useEffect, useMemo } from 'react'

/** A link that keeps bytes of this page on the machine. */
export function SaveButton(props: {
  readonly bytes: Uint8Array
  readonly name: string
  readonly type: string
  readonly children: ReactNode
}) {
  const { bytes, name, type, children } = props
  const url = useMemo(() => URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type })), [bytes, type])
  useEffect(() => () => URL.revokeObjectURL(url), [url])
  return (
    <a className="button" href={url} download={name}>
      {children}
    </a>
  )
}
