// A process that does the work of a scenario and kills itself with SIGKILL at a statement: `node crash-child.ts FILE`,
// where FILE holds what the process is given, the scenario and the cut. Says each acknowledged act on a line of its own.
import { readFileSync, writeSync } from 'node:fs'
import { type Given, openHouse } from './house.ts'
import { scenarios } from './scenarios.ts'
import { type Cut, Wire } from './wire.ts'

export type Order = { readonly given: Given; readonly scenario: string; readonly cut: Cut }

const order = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as Order
const scenario = scenarios.find(({ name }) => name === order.scenario)
if (!scenario) throw new Error(`no scenario ${order.scenario}`)
const wire = await Wire.open(order.given.connectionString, {
  cut: order.cut,
  folder: order.given.folder,
  onCut: () => process.kill(process.pid, 'SIGKILL'),
})
const house = openHouse({ ...order.given, connectionString: wire.connectionString }, (acknowledged) => {
  // At once and whole: what stands in a buffer of ours dies with us.
  writeSync(1, `${JSON.stringify(acknowledged)}\n`)
})
await scenario.work(house)
throw new Error('the work was done and nobody died')
