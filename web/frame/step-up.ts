import { Problem, request } from './api.ts'

/** The person did not confirm, or no passkey answered: nothing was sent. */
export class PasskeyRefused extends Error {}

const post = async (address: string, body: unknown): Promise<unknown> =>
  (
    await request(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
    })
  ).json()

/**
 * Answers the server's question for a passkey: the assertion is good for the one request that was refused
 * (`details.for`), for two minutes. The answer is the value of the header `habeas-step-up`.
 * @throws PasskeyRefused where the person or the browser did not confirm
 */
export async function confirmWithPasskey(asked: Problem): Promise<string> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  const wanted = { for: asked.body.details.for }
  const options = (await post('/api/step-up/options', wanted)) as Parameters<
    typeof startAuthentication
  >[0]['optionsJSON']
  const response = await confirmed(() => startAuthentication({ optionsJSON: options }))
  return ((await post('/api/step-up', { ...wanted, response })) as { readonly stepUp: string }).stepUp
}

/** Registers a passkey of this machine for the officer who is signed in. */
export async function registerPasskey(): Promise<void> {
  const { startRegistration } = await import('@simplewebauthn/browser')
  const options = (await post('/api/passkeys/options', {})) as Parameters<typeof startRegistration>[0]['optionsJSON']
  const response = await confirmed(() => startRegistration({ optionsJSON: options }))
  await post('/api/passkeys', { response })
}

/**
 * Sends a request; where the server wants a passkey for it, asks for that and sends it once more. For whatever is not an
 * act: `withStepUp((headers) => call<typeof signContract>('POST', address, { body, headers }))`.
 */
export async function withStepUp<T>(send: (headers: Record<string, string>) => Promise<T>): Promise<T> {
  try {
    return await send({})
  } catch (error) {
    if (!(error instanceof Problem) || error.body.code !== 'step-up-needed') throw error
    return send({ 'habeas-step-up': await confirmWithPasskey(error) })
  }
}

async function confirmed<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new PasskeyRefused('not confirmed', { cause: error })
  }
}
