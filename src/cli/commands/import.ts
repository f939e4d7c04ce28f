import type { ImportFlags } from '../commands.ts'
import type { Context } from '../context.ts'

export async function importRoster(this: Context, _flags: ImportFlags, _file: string): Promise<void> {
  this.end('fault')
}
