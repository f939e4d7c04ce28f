import { admit } from '../src/custody/acts.ts'
import type { Act } from '../src/kernel/act.ts'
import { derivedId } from '../src/kernel/ids.ts'
import { basisRegister } from '../src/law/project.ts'
import { rowsOfList } from '../src/law/read.ts'
import type { Measured } from './figure.ts'
import { timed } from './figure.ts'
import { actOf, type BenchServer, commitMsOf, countEntries, openHouse, share } from './house.ts'
import { BATCH_ACTS, loadFacility } from './population.ts'
import { entriesAfter, lastN } from './rows.ts'
import { countCustodies, readOrders } from './yardsticks/read-rows.ts'

const zone = 'America/El_Salvador'
const AT = '2026-11-10T00:00:00Z'
const issuer = { name: 'Juzgado de Ejemplo (simulado)', state: 'SV' }
const day = (date: string) => ({ date, zone, inclusive: true })

/** Somebody with three papers: a warrant, its extension, a judgment; for one in twenty the judgment has run out. */
function admission(nth: number): Act {
  const custody = derivedId('bench', 'ledger-custody', String(nth))
  const first = Temporal.PlainDate.from('2024-01-02').add({ days: nth % 600 })
  const paper = (i: number, kind: string, from: number, until: number | 'open') => ({
    order: derivedId('bench', 'ledger-order', String(nth), String(i)),
    kind,
    issuer,
    from: day(first.add({ days: from }).toString()),
    until: until === 'open' ? 'open' : day(first.add({ days: until }).toString()),
    provisional: false,
  })
  const last = nth % 20 === 0 ? 300 : 5000
  return actOf(
    admit,
    {
      at: first.toZonedDateTime({ timeZone: zone, plainTime: '10:00' }).toInstant().toString(),
      precision: 'minute',
      zone,
    },
    {
      person: { custody, person: derivedId('bench', 'ledger-person', String(nth)) },
      place: { facility: 'TEC' },
      legal: {
        orders: [paper(1, 'remand', 0, 90), paper(2, 'extension', 91, 180), paper(3, 'sentence', 150, last)],
        ordersStated: true,
      },
    },
  )
}

/**
 * The basis of custodies with three orders each: folded in memory, against reading their rows once; what writing it took;
 * and the list of those held without a basis, against counting the custodies.
 */
export async function ledgerFigures(server: BenchServer, rounds: number, quick: boolean): Promise<Measured[]> {
  const people = quick ? 500 : 40_000
  const house = await openHouse(server, 'ledger')
  const { database } = house
  await loadFacility(house)
  const before = await lastN(house)
  const acts = Array.from({ length: people }, (_, nth) => admission(nth))
  const written = await timed(async () => {
    for (const some of share(acts, BATCH_ACTS)) await house.appendBulk(some)
  })
  await database.rows('vacuum analyze')
  const facts = { rows: await countEntries(house), commitMs: await commitMsOf(database) }
  const custodies = [...Map.groupBy(await entriesAfter(house, before), ({ custody }) => custody).values()]
  const fold = async () => {
    for (const entries of custodies) basisRegister.rows(entries)
  }
  const list = () => rowsOfList(database, 'without-basis', { at: AT }, { limit: 100 })

  const folded: { value: number; yardstick: number }[] = []
  const listed: { value: number; yardstick: number }[] = []
  // The first round fills the caches.
  for (let i = 0; i <= rounds; i++) {
    const ofFold = { value: await timed(fold), yardstick: await timed(() => readOrders(database)) }
    const ofList = { value: await timed(list), yardstick: await timed(() => countCustodies(database)) }
    if (i === 0) continue
    folded.push(ofFold)
    listed.push(ofList)
  }
  await house.close()
  const ms = { unit: 'ms', ...facts }
  return [
    { name: 'law/basis/folded/read-once', yardstick: 'reading the orders once', rounds: folded, ...ms },
    { name: 'law/basis/written', unit: 'people/s', rounds: [{ value: (people / written) * 1000 }], ...facts },
    { name: 'law/without-basis/count', yardstick: 'select count(*) of custodies', rounds: listed, ...ms },
  ]
}
