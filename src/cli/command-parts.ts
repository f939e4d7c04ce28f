import type { BaseArgs, BaseFlags } from '@stricli/core'
import type { Context } from './context.ts'

export const json = {
  kind: 'boolean',
  brief: 'Answer as one JSON object on the last line',
  default: false,
  withNegated: false,
} as const
export const text = (value: string): string => value
export const originName = (value: string): string => {
  if (!/^[!-*,-~]+$/.test(value)) throw new Error('printable ASCII without spaces and "+" is needed')
  return value
}
export const wholeNumber = (value: string): number => {
  if (!/^\d{1,15}$/.test(value)) throw new Error('a whole number is needed')
  return Number(value)
}

/** Loads a command when it is asked for, and says for people what it throws. */
export const guarded =
  <F extends BaseFlags, A extends BaseArgs>(
    load: () => Promise<(this: Context, flags: F, ...args: A) => Promise<void>>,
  ) =>
  async () => {
    const command = await load()
    return async function (this: Context, flags: F, ...args: A): Promise<void> {
      try {
        await command.call(this, flags, ...args)
      } catch (error) {
        this.fail(error)
      }
    }
  }
