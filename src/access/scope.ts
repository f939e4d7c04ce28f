import { FacilityCode } from '../kernel/act.ts'
import type { Contract } from '../kernel/contract.ts'
import type { Sql } from '../kernel/ports.ts'
import type { Input } from '../platform/http/endpoint.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const REGISTER_NUMBER = /^([A-Z][A-Z0-9]{1,7})-\d{2,4}-\d+$/

type Fields = Readonly<Record<string, unknown>>
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}

/**
 * The facilities that a request is about, as far as it says: by `facility`, by the code in a register number, by the
 * custody or the entry that it names, by the address of an act. Empty when it does not say; then a token that is bound
 * to a facility may not ask it about persons.
 */
export async function facilitiesOf(sql: Sql, contract: Contract, input: Input): Promise<string[]> {
  const body = fieldsOf(input.body)
  const data = fieldsOf(body.data)
  const asked = { ...fieldsOf(input.query), ...fieldsOf(input.params) }
  const codes = new Set<string>()
  for (const place of [asked, body, fieldsOf(data.place)]) {
    const code = FacilityCode.safeParse(place.facility)
    if (code.success) codes.add(code.data)
  }
  // Only where the number is the address: elsewhere it would be a word to search for, and no limit to what is found.
  const number = contract.path.endsWith('/:number') ? REGISTER_NUMBER.exec(String(asked.number))?.[1] : undefined
  if (number !== undefined) codes.add(number)
  const code = contract.path.startsWith('/api/facilities/:code') ? FacilityCode.safeParse(asked.code) : undefined
  if (code?.success) codes.add(code.data)
  const id = (value: unknown) => (typeof value === 'string' && UUID.test(value) ? value : undefined)
  const custody =
    id(asked.custody) ??
    id(body.custody) ??
    id(fieldsOf(data.person).custody) ??
    (contract.path.startsWith('/api/custodies/') ? id(asked.id) : undefined)
  if (custody !== undefined) for (const code of await facilityOfCustody(sql, custody)) codes.add(code)
  const entry = id(asked.entry) ?? (contract.path.startsWith('/api/entries/') ? id(asked.id) : undefined)
  if (entry !== undefined) {
    const rows = await sql.rows<{ facility: string }>('select facility from entry where id = $1::uuid', [entry])
    for (const { facility } of rows) codes.add(facility)
  }
  return [...codes]
}

async function facilityOfCustody(sql: Sql, custody: string): Promise<string[]> {
  const rows = await sql.rows<{ facility: string }>(
    "select facility from subject where id = $1::uuid and kind = 'custody'",
    [custody],
  )
  return rows.map(({ facility }) => facility)
}
