export const CHANNELS = ['mail', 'webhook'] as const
export type Channel = (typeof CHANNELS)[number]

/** Where a role is reached. */
export type Recipient = { readonly role: string; readonly channel: Channel; readonly address: string }

/** `director=night@example.org` or `director=https://…`, as the configuration has it. */
export function recipientOf(text: string): Recipient {
  const at = text.indexOf('=')
  const address = text.slice(at + 1)
  return { role: text.slice(0, Math.max(at, 0)), channel: address.includes('://') ? 'webhook' : 'mail', address }
}

/** One mailbox, nothing that a header could be made of; or a web address that is not read on the way. */
export function isAddress(channel: Channel, address: string): boolean {
  if (channel === 'mail') return /^[^\s<>,;:"()[\]\\@]+@[^\s<>,;:"()\\@]+$/.test(address)
  if (!URL.canParse(address)) return false
  const { protocol, hostname, username } = new URL(address)
  return (
    username === '' &&
    (protocol === 'https:' || (protocol === 'http:' && /^(127\.0\.0\.1|localhost|\[::1\])$/.test(hostname)))
  )
}
