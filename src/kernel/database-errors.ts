/** How errors of PostgreSQL are told apart without importing its driver: by the fields that it gives them. */

/** The SQLSTATE of an error that the server answered, else undefined. */
export function sqlStateOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined
}

/** The constraint that an error names, else undefined. */
export function constraintOf(error: unknown): string | undefined {
  const constraint = (error as { constraint?: unknown } | null)?.constraint
  return typeof constraint === 'string' ? constraint : undefined
}

/**
 * A statement prepared before its table was rebuilt (a register swapped by a new projector, a migration). It fails on
 * this connection for ever, so the connection goes; on a new one it works.
 */
export function isStalePlan(error: unknown): boolean {
  return sqlStateOf(error) === '0A000' && (error as { routine?: unknown }).routine === 'RevalidateCachedQuery'
}

/** Whether the same work may succeed when its state is loaded again: serialisation, deadlock, exclusion, stale plan. */
export function isRetryable(error: unknown): boolean {
  return ['40001', '40P01', '23P01'].includes(sqlStateOf(error) ?? '') || isStalePlan(error)
}

/**
 * Whether the database reads that its own files are not what it wrote: a checksum that fails, a torn page or index, a
 * file that is gone, a disk that cannot be read. https://www.postgresql.org/docs/18/errcodes-appendix.html
 */
export function isDamage(error: unknown): boolean {
  return ['XX001', 'XX002', '58P01', '58030'].includes(sqlStateOf(error) ?? '')
}
