import type { AdmissionValues } from '../admit/values.ts'

export type GroupRow = { readonly id: string; readonly values: AdmissionValues }
