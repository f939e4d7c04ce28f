import { formatNumber } from '../../frame/format.ts'
import { plural, words } from '../../frame/words.ts'

export const admissionsWords = words({
  title: { en: 'Admissions', es: 'Ingresos' },
  people: { en: 'Who is held', es: 'Quiénes están' },
  admit: { en: 'Admit a person', es: 'Ingresar a una persona' },
  group: { en: 'Admit a group', es: 'Ingresar un grupo' },
  incomplete: {
    en: (count: number, days: number) =>
      plural(count, 'en', {
        one: `1 of those admitted in the last ${days} days has something missing.`,
        other: `${formatNumber(count)} of those admitted in the last ${days} days have something missing.`,
      }),
    es: (count: number, days: number) =>
      plural(count, 'es', {
        one: `A 1 de las personas ingresadas en los últimos ${days} días le falta algo.`,
        other: `A ${formatNumber(count)} de las personas ingresadas en los últimos ${days} días les falta algo.`,
      }),
  },
  days: { en: 'Admitted in the last', es: 'Ingresadas en los últimos' },
  daysOf: {
    en: (count: number) => plural(count, 'en', { one: '1 day', other: `${formatNumber(count)} days` }),
    es: (count: number) => plural(count, 'es', { one: '1 día', other: `${formatNumber(count)} días` }),
  },
  missingOnly: { en: 'Who lack', es: 'A quienes falta' },
  anything: { en: 'anything or nothing', es: 'algo o nada' },
  person: { en: 'Person', es: 'Persona' },
  since: { en: 'Admitted', es: 'Ingreso' },
  recorded: { en: 'recorded', es: 'registrado' },
  basis: { en: 'Basis', es: 'Base' },
  missing: { en: 'What is missing, since when, who can supply it', es: 'Qué falta, desde cuándo, quién puede darlo' },
  nothingMissing: { en: 'nothing', es: 'nada' },
  unnamed: { en: 'no name', es: 'sin nombre' },
  double: { en: 'possible double', es: 'posible duplicado' },
  sinceShort: { en: 'since', es: 'desde' },
  supply: { en: 'supply', es: 'completar' },
  more: { en: 'Show more', es: 'Mostrar más' },
  nobody: { en: 'Nobody was admitted in that time.', es: 'Nadie ingresó en ese tiempo.' },
  nobodyLacks: { en: 'Nobody admitted in that time lacks this.', es: 'A nadie ingresado en ese tiempo le falta esto.' },
  checked: { en: 'Checked', es: 'Comprobado' },
  all: { en: 'Show everybody', es: 'Mostrar a todas' },
})
