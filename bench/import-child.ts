// Imports a list in a process of its own and prints its peak resident memory in MB. Started by memory.ts.
import { openHouse } from './house.ts'
import { importStays } from './import.ts'

const [connectionString, folder, name, stays, changes] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
]
const house = await openHouse({ connectionString, folder, stop: async () => undefined }, name)
await importStays(house, { stays, changes })
await house.close()
process.stdout.write(String(process.resourceUsage().maxRSS / 1024))
