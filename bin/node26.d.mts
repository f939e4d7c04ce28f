export function packageFor(platform: string, arch: string): string
export function findNode26(): { path: string; missing?: never } | { missing: string; path?: never }
export function runOnNode26(args: readonly string[]): void
