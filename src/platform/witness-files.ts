import { readFile, writeFile } from 'node:fs/promises'
import type { WitnessReport } from '../record/witness-client.ts'
import {
  type ExchangeContext,
  type ExchangeProblem,
  exportRequest,
  importResponse,
} from '../record/witness-exchange.ts'

/** `habeas witness export NAME FILE [--from SIZE]`: writes the request to the file and tells which sizes it spans. */
export async function exportRequestFile(
  context: Omit<ExchangeContext, 'clock'>,
  witness: string,
  file: string,
  oldSize?: number,
): Promise<{ readonly size: number; readonly oldSize: number } | ExchangeProblem> {
  const made = await exportRequest(context, witness, oldSize)
  if ('problem' in made) return made
  await writeFile(file, made.request)
  return { size: made.size, oldSize: made.oldSize }
}

/** `habeas witness import REQUEST RESPONSE`. */
export async function importResponseFile(
  context: ExchangeContext,
  requestFile: string,
  responseFile: string,
): Promise<WitnessReport | ExchangeProblem> {
  return importResponse(context, await readFile(requestFile, 'utf8'), await readFile(responseFile, 'utf8'))
}
