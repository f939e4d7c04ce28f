import type { Role } from '../access/roles.ts'
import type { Section } from '../kernel/act.ts'
import type { Audience } from '../kernel/audience.ts'
import type { Json } from './flags.ts'

/** Flags of the commands that open the house; `commands.ts` says what each means. */
export type StartFlags = Json & { readonly serve: boolean }

export type ImportFlags = Json & {
  readonly profile: string
  readonly with?: string
  readonly dryRun: boolean
  readonly rejects?: string
}

export type ReturnFlags = Json & {
  readonly at?: string
  readonly known?: string
  readonly audience: Audience
  readonly notHeld?: string
  readonly notMeant?: string
  readonly pdf: boolean
  readonly out?: string
}

export type ReceiptFlags = Json & {
  readonly as?: Audience
  readonly sections?: readonly Section[]
  readonly sdJwt: boolean
  readonly out?: string
}

export type TokenCreateFlags = Json & {
  readonly role: Role
  readonly label?: string
  readonly days: number
  readonly facility?: string
}

export type BackupFlags = Json & { readonly keys: string }

export type RestoreFlags = BackupFlags & { readonly newOrigin?: string }

export type ExpungeFlags = Json & { readonly proposal: string }
export type SealFlags = Json & { readonly key: string; readonly order: string }
export type ResolveGoneFlags = Json & { readonly until: string; readonly reason: string }
export type ScrubFlags = Json & { readonly find?: string }

export type WitnessAddFlags = Json & { readonly quorum?: number }
export type WitnessExportFlags = Json & { readonly from?: number }

export type LawReviewFlags = Json & { readonly pack: string; readonly from: string; readonly record?: string }
