import { useMemo } from 'react'
import { formatState } from '../frame/format.ts'
import { useLanguage } from '../frame/words.ts'
import { type Choice, ChoiceField, type FieldProps } from './field.tsx'

/** ISO 3166-1 alpha-2, as the Holy See and Palestine have them too. */
const CODES =
  'AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PS PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VN VU WS XK YE ZA ZM ZW'.split(
    ' ',
  )
/** Of the region first: most people here are from there. */
const NEAR = ['SV', 'GT', 'HN', 'NI', 'US', 'MX', 'CO', 'VE']

/** States by name in the language of the reader, those of the region first. */
export function useStates(): readonly Choice[] {
  const { language } = useLanguage()
  return useMemo(() => {
    const named = (value: string): Choice => ({ value, label: formatState(value, language) })
    const rest = CODES.filter((code) => !NEAR.includes(code)).map(named)
    return [...NEAR.map(named), ...rest.sort((a, b) => (a.label < b.label ? -1 : 1))]
  }, [language])
}

/** A state of the world, and what else may be answered (`more`). */
export function StateField({
  more = [],
  ...field
}: FieldProps & {
  readonly value: string
  readonly onValue: (value: string) => void
  readonly more?: readonly Choice[]
  readonly empty?: string
}) {
  return <ChoiceField {...field} choices={[...more, ...useStates()]} />
}
