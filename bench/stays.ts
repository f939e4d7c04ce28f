import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'

/** Stays and their changes as lines of CSV, headings apart. */
export type Lists = { readonly stays: Table; readonly changes: Table }
type Table = { readonly heading: string; readonly lines: readonly string[] }

/** Data of others, beside this repository. */
const folder = join(import.meta.dirname, '..', '..', 'shared', 'data', 'nyc-doc-spells')

/** The real list where it is there, else one of its form and size; `few` people of it if a number is given. */
export async function readLists(few?: number): Promise<Lists> {
  let lists: Lists
  try {
    lists = { stays: await readTable('stays'), changes: await readTable('changes') }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    console.error(`${folder} is not there: the list is made up`)
    lists = madeUp(few ?? 42_000)
  }
  if (few === undefined) return lists
  const persons = new Set(lists.stays.lines.slice(0, few).map(personOf))
  return filter(lists, (person) => persons.has(person))
}

async function readTable(name: string): Promise<Table> {
  const text = gunzipSync(await readFile(join(folder, `${name}.csv.gz`))).toString()
  const [heading, ...lines] = text.trimEnd().split('\n')
  return { heading: heading as string, lines }
}

const personOf = (line: string): string => line.slice(0, line.indexOf(','))

function filter({ stays, changes }: Lists, keep: (person: string) => boolean): Lists {
  const some = ({ heading, lines }: Table) => ({ heading, lines: lines.filter((line) => keep(personOf(line))) })
  return { stays: some(stays), changes: some(changes) }
}

/** Five times as many people: the same stays again under other numbers. */
export function timesFive({ stays, changes }: Lists): Lists {
  const five = ({ heading, lines }: Table) => ({
    heading,
    lines: [1, 2, 3, 4, 5].flatMap((digit) => lines.map((line) => `${digit}${line}`)),
  })
  return { stays: five(stays), changes: five(changes) }
}

/** Writes both as the source gives them, gzip. */
export async function writeLists(into: string, lists: Lists): Promise<{ stays: string; changes: string }> {
  const write = async (name: 'stays' | 'changes') => {
    const { heading, lines } = lists[name]
    const path = join(into, `${name}.csv.gz`)
    await writeFile(path, gzipSync(`${[heading, ...lines].join('\n')}\n`))
    return path
  }
  return { stays: await write('stays'), changes: await write('changes') }
}

function madeUp(people: number): Lists {
  const stays: string[] = []
  const changes: string[] = []
  for (let i = 0; i < people; i++) {
    const day = Temporal.PlainDate.from('2024-07-02').add({ days: i % 700 })
    const last = day.add({ days: 3 + (i % 90) })
    const at = `${day.subtract({ days: 1 })}T${String(6 + (i % 17)).padStart(2, '0')}:14:0${i % 10}`
    const person = 100_000 + i
    stays.push(`${person},${at},${day},${last},0,${i % 8 === 0 ? 1 : 0},0,M,${18 + (i % 60)},MED,DE,125.25,N,N,MED,DE`)
    changes.push(`${person},${at},${day.add({ days: 1 })},level,MED,MIN`)
  }
  return {
    stays: {
      heading:
        'person,admitted_at,first_seen,last_seen,start_censored,end_censored,missed_days,gender,age_first,level_first,status_first,charge_first,srg_last,infraction_last,level_last,status_last',
      lines: stays,
    },
    changes: { heading: 'person,admitted_at,date,field,from,to', lines: changes },
  }
}
