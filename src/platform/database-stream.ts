import { Socket } from 'node:net'

/** What the database sent makes no sense: bytes were lost, doubled or changed on the way. */
export class StreamGarbled extends Error {
  override readonly name = 'StreamGarbled'
  constructor(cause: unknown) {
    super('The stream from the database makes no sense.', { cause })
  }
}

/**
 * The connection of a client. The driver reads messages while bytes arrive, and throws at those that it cannot read,
 * where nobody could catch it: that would end the process. Here it ends the connection, as any other fault of it does.
 */
export class DatabaseSocket extends Socket {
  override emit(event: string | symbol, ...given: unknown[]): boolean {
    if (event !== 'data') return super.emit(event, ...given)
    try {
      return super.emit(event, ...given)
    } catch (cause) {
      this.destroy(new StreamGarbled(cause))
      return true
    }
  }
}
