import type { Promiser } from '../kernel/ports.ts'
import { formatPromise } from './promise.ts'

export type PromiserOptions = {
  readonly origin: string
  readonly delaySeconds: number
  readonly signPromise: (message: string) => Promise<Uint8Array>
  /** Told of each failure, so that an alarm can stand: the act itself is answered 'promise pending'. */
  readonly onSilent?: (error: unknown) => void
}

/** Promises through the signer. No fact waits or fails for want of a signature. */
export function makePromiser({ origin, delaySeconds, signPromise, onSilent }: PromiserOptions): Promiser {
  return {
    async promise(leafHashes, at) {
      const timeSeconds = Math.floor(Temporal.Instant.from(at).epochMilliseconds / 1000)
      try {
        const signature = await signPromise(formatPromise({ origin, timeSeconds, delaySeconds, leafHashes }))
        return { at, delaySeconds, signature: Buffer.from(signature).toString('base64') }
      } catch (error) {
        onSilent?.(error)
        return undefined
      }
    },
  }
}
