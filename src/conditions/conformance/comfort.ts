/**
 * Runs our comfort formulas against sets of reference cases written by others: JSON with `information`, `tolerance`
 * (absolute, by output) and `data`, a list of `inputs` and `outputs`; a list inside means one case for each element
 * (`thermal-comfort-vectors/SOURCE.md`). A case is exact when each of its outputs lies within the set's own tolerance.
 * A case of a formula, an input or an output that is not ours is refused by its name: an input that we do not know
 * could change what is asked.
 */
import { InputUnreadable, readWholeFile } from '../../kernel/file-lines.ts'
import { isJsonArray, isJsonObject, type Json, parseJson } from '../../kernel/json.ts'
import { celsiusOf, fahrenheitOf, heatIndexRothfuszFahrenheit, humidex, humidexBandOf } from '../comfort.ts'
import { predictVote } from '../pmv.ts'
import { wbgtIndoorCelsius, wbgtOutdoorCelsius } from '../wbgt.ts'

type Tally = { exact: number; refused: number; wrong: number }

export type ComfortResult = Tally & {
  /** The same counts by formula; what was refused stands under its own name. */
  readonly strata: Record<string, Tally>
  /** What was wrong, by case; at most 100, `wrong` counts all. */
  readonly problems: readonly string[]
  /** How many single outputs were compared. */
  readonly compared: number
}

const FILE_BYTES_MAX = 64 * 1024 * 1024

/** Reads a set, plain or gzip. Throws `InputUnreadable` where it is no such set. */
export async function runComfort(file: string): Promise<ComfortResult> {
  const json = parseJson(await readWholeFile(file, FILE_BYTES_MAX), { numbers: 'double' })
  if (!json.ok) throw notASet(json.reason)
  const { information, tolerance, data } = isJsonObject(json.value) ? json.value : {}
  if (!isJsonArray(data)) throw notASet('`data` is no list')
  const named = isJsonObject(information) ? findFunction(information.summary) : undefined
  const tolerances = isJsonObject(tolerance) ? tolerance : {}

  const result = {
    exact: 0,
    refused: 0,
    wrong: 0,
    strata: {} as Record<string, Tally>,
    problems: [] as string[],
    compared: 0,
  }
  for (const [at, entry] of data.entries()) {
    const { name, judged, problem, compared } = judge(entry, named, tolerances)
    result.strata[name] ??= { exact: 0, refused: 0, wrong: 0 }
    result.strata[name][judged]++
    result[judged]++
    result.compared += compared
    if (problem !== undefined && result.problems.length < 100)
      result.problems.push(`case ${at + 1}, ${name}: ${problem}`)
  }
  return result
}

const notASet = (reason: string) =>
  new InputUnreadable({
    en: `no set of comfort cases, {information, tolerance, data: [{inputs, outputs}]}: ${reason}`,
    es: `no es un conjunto de casos de confort, {information, tolerance, data: [{inputs, outputs}]}: ${reason}`,
  })

/** The function that the set's summary says it is about: `… for the humidex() function …`. */
const findFunction = (summary: Json | undefined): string | undefined =>
  typeof summary === 'string' ? /([A-Za-z]\w*)\(\)/.exec(summary)?.[1] : undefined

type Given = Readonly<Record<string, Json | undefined>>
type Answer = number | string | null

type Formula = {
  /** What the sets call it. `pmv_pdd` is how one of them writes it. */
  readonly names: readonly string[]
  readonly needs: readonly string[]
  readonly outputs: readonly string[]
  /** Other inputs, and whether we know the formula for this value of theirs. */
  readonly options: Readonly<Record<string, (value: Json) => boolean>>
  /** The outputs of one case; where the set says null, whether the case lies outside the formula's range. */
  readonly compute: (number: (name: string) => number, given: Given) => Record<string, Answer>
  readonly isOutside: (number: (name: string) => number, given: Given) => boolean
}

const isFlag = (value: Json) => typeof value === 'boolean'
const isUnits = (value: Json) => isIp(value) || (typeof value === 'string' && value.toLowerCase() === 'si')
const isIp = (value: Json | undefined) => typeof value === 'string' && value.toLowerCase() === 'ip'
const never = () => false

const FORMULAS: readonly Formula[] = [
  {
    names: ['wbgt'],
    needs: ['twb', 'tg'],
    outputs: ['wbgt'],
    options: { tdb: (value) => typeof value === 'number', with_solar_load: isFlag, round_output: isFlag },
    compute: (number, given) => ({
      wbgt:
        given.with_solar_load === true
          ? wbgtOutdoorCelsius(number('twb'), number('tg'), number('tdb'))
          : wbgtIndoorCelsius(number('twb'), number('tg')),
    }),
    isOutside: never,
  },
  {
    names: ['humidex'],
    needs: ['tdb', 'rh'],
    outputs: ['humidex', 'discomfort'],
    options: { round_output: isFlag },
    compute: (number) => {
      const value = humidex(number('tdb'), number('rh'))
      return { humidex: value, discomfort: humidexBandOf(value).says.en }
    },
    isOutside: never,
  },
  {
    // The sets record the bare regression, also below the 80 °F from which the NWS uses it.
    names: ['heat_index', 'heat_index_rothfusz'],
    needs: ['tdb', 'rh'],
    outputs: ['hi'],
    options: { round_output: isFlag, units: isUnits, limit_inputs: isFlag },
    compute: (number, given) => {
      const index = heatIndexRothfuszFahrenheit(inFahrenheit(number('tdb'), given), number('rh'))
      return { hi: isIp(given.units) ? index : celsiusOf(index) }
    },
    isOutside: (number, given) => given.limit_inputs !== false && inFahrenheit(number('tdb'), given) < 80,
  },
  {
    names: ['pmv_ppd', 'pmv_pdd', 'pmv_ppd_iso', 'pmv_ppd_ashrae', 'pmv'],
    needs: ['tdb', 'tr', 'vr', 'rh', 'met', 'clo'],
    outputs: ['pmv', 'ppd'],
    options: {
      wme: (value) => typeof value === 'number',
      standard: (value) => typeof value === 'string' && /^(iso|ashrae)$/i.test(value),
      units: isUnits,
      limit_inputs: isFlag,
      airspeed_control: isFlag,
      round_output: isFlag,
    },
    compute: (number, given) => {
      const { pmv, ppdPercent } = voteOf(number, given)
      return { pmv, ppd: ppdPercent }
    },
    isOutside: (number, given) => given.limit_inputs !== false && voteOf(number, given).outside.length > 0,
  },
]

const inFahrenheit = (value: number, given: Given): number => (isIp(given.units) ? value : fahrenheitOf(value))

function voteOf(number: (name: string) => number, given: Given) {
  const celsius = (name: string) => (isIp(given.units) ? celsiusOf(number(name)) : number(name))
  return predictVote(
    {
      airCelsius: celsius('tdb'),
      radiantCelsius: celsius('tr'),
      airSpeedMs: number('vr') * (isIp(given.units) ? 0.3048 : 1),
      humidityPercent: number('rh'),
      met: number('met'),
      clo: number('clo'),
      ...(given.wme === undefined ? {} : { externalWorkMet: number('wme') }),
    },
    {
      standard: String(given.standard).toLowerCase() === 'ashrae' ? 'ashrae' : 'iso',
      hasAirSpeedControl: given.airspeed_control !== false,
    },
  )
}

type Judgement = { name: string; judged: keyof Tally; problem?: string; compared: number }

function judge(entry: Json, named: string | undefined, tolerances: Given): Judgement {
  const { inputs, outputs } = isJsonObject(entry) ? entry : {}
  if (!isJsonObject(inputs) || !isJsonObject(outputs) || Object.keys(outputs).length === 0) {
    return { name: 'malformed', judged: 'wrong', problem: 'inputs or outputs are missing', compared: 0 }
  }
  const wanted = Object.keys(outputs)
  const formula = FORMULAS.find(({ names, outputs: ours }) =>
    named === undefined ? wanted.every((output) => ours.includes(output)) : names.includes(named),
  )
  const refuse = (name: string): Judgement => ({ name, judged: 'refused', compared: 0 })
  if (formula === undefined) return refuse(named ?? wanted.join('+'))
  const name = formula.names[0] as string
  const unknownOutput = wanted.find((output) => !formula.outputs.includes(output))
  if (unknownOutput !== undefined) return refuse(`${name}:${unknownOutput}`)
  for (const [input, value] of Object.entries(inputs)) {
    if (formula.needs.includes(input)) continue
    const isKnown = formula.options[input]
    const isOurs = isKnown !== undefined && (isJsonArray(value) ? value.every(isKnown) : isKnown(value))
    if (!isOurs) return refuse(`${name}(${input}=${JSON.stringify(value)})`)
  }
  return { name, ...compare(formula, inputs, outputs, tolerances) }
}

function compare(formula: Formula, inputs: Given, outputs: Given, tolerances: Given): Omit<Judgement, 'name'> {
  const lists = [...Object.values(inputs), ...Object.values(outputs)].filter((value) => isJsonArray(value))
  const size = lists[0]?.length ?? 1
  if (lists.some((list) => list.length !== size) || size === 0) {
    return { judged: 'wrong', problem: 'lists of different lengths', compared: 0 }
  }
  let compared = 0
  for (let element = 0; element < size; element++) {
    const given = elementOf(inputs, element)
    const missing = [...formula.needs, ...(given.with_solar_load === true ? ['tdb'] : [])].find(
      (name) => typeof given[name] !== 'number',
    )
    if (missing !== undefined) return { judged: 'wrong', problem: `input ${missing} is no number`, compared }
    const number = (name: string) => given[name] as number
    const ours = formula.compute(number, given)
    for (const [output, expected] of Object.entries(elementOf(outputs, element))) {
      compared++
      const problem = differs(output, ours[output] as Answer, expected, tolerances, () =>
        formula.isOutside(number, given),
      )
      if (problem !== undefined) return { judged: 'wrong', problem, compared }
    }
  }
  return { judged: 'exact', compared }
}

const elementOf = (values: Given, at: number): Given =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, isJsonArray(value) ? value[at] : value]))

// Of the last decimal of a double, never of a formula.
const SLACK = 1e-9

function differs(
  output: string,
  ours: Answer,
  expected: Json | undefined,
  tolerances: Given,
  isOutside: () => boolean,
): string | undefined {
  if (expected === null) return isOutside() ? undefined : `${output} is ${ours}, the set gives none`
  if (typeof expected === 'string') return ours === expected ? undefined : `${output} is ${ours}, not ${expected}`
  const tolerance = tolerances[output]
  if (typeof expected !== 'number') return `${output} of the set is neither number nor text`
  if (typeof tolerance !== 'number') return `the set names no tolerance of ${output}`
  const isNear = typeof ours === 'number' && Math.abs(ours - expected) <= tolerance + SLACK
  return isNear ? undefined : `${output} is ${ours}, not ${expected} ± ${tolerance}`
}
