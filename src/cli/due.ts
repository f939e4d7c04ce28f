import type { Due } from './clock.ts'

export const due: Due = async () => []
