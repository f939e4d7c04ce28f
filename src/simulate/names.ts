import type { Name } from '../people/acts.ts'
import type { Pool } from './mixture.ts'
import type { Random } from './random.ts'

/**
 * Pools of names for people who do not exist. Given and family names are common ones or ordinary words of each
 * language, put together by seed: any likeness to a living person is chance. They are here so that searching, sorting
 * and printing meet accents, apostrophes, several scripts and names of one part.
 */
type NamePool = {
  readonly women: readonly string[]
  readonly men: readonly string[]
  readonly family: readonly string[]
  /** Two family names are the rule there. */
  readonly twoFamilyNames: boolean
  readonly secondGiven: boolean
}

const list = (text: string) => text.trim().split(/\s+/)

const pools: Record<Pool, NamePool> = {
  es: {
    women: list(
      'María Ana Rosa Carmen Lucía Sofía Elena Marta Gloria Silvia Patricia Andrea Verónica Beatriz Yesenia Karla Mónica Blanca Dinora Raquel Inés Noemí Zoila Fátima Jazmín',
    ),
    men: list(
      'José Juan Luis Carlos Jorge Mario Óscar Manuel Francisco Miguel Ángel Víctor Héctor Raúl René Santos Wilber Edwin Kevin Bryan Josué Moisés Nelson Elmer Douglas Saúl Rubén Julio César Adán Tomás Iván Ramón Efraín Abel Noé Darío Germán',
    ),
    family: list(
      'Hernández Martínez López García Rodríguez Pérez González Ramírez Flores Rivera Cruz Reyes Mejía Guzmán Orellana Portillo Menjívar Alvarenga Ayala Zelaya Cáceres Núñez Peña Ibáñez Escobar Quintanilla Landaverde Chávez Romero Vásquez Bonilla Aguilar Campos Molina Serrano Figueroa Cornejo Trujillo Barahona Henríquez Argueta Melgar Rosales Calderón Valle Urrutia Salinas Duarte Osorio Treviño',
    ),
    twoFamilyNames: true,
    secondGiven: true,
  },
  nah: {
    women: list('Xóchitl Citlali Siwat Tunal Metzti Papalot Nelli Izel'),
    men: list('Kuawit Tekwani Tutut Xuluch Atunal Masat Yulu Tenamit'),
    family: list('Tepas Mixcun Xalte Cuyult Tecpan Shupan Nahuilingo Tepet Chiltiu Ixcalut Cujut Tamanique'),
    twoFamilyNames: true,
    secondGiven: false,
  },
  kek: {
    women: list("Q'ana Elena Maril Oxlaj Sak'ixim Petrona Xkuq Matal"),
    men: list("B'alam Mateo Qawa' K'ajol Domingo Kojaj Sakb'in Ochoch"),
    family: list("Caal Choc Xo'y Tzib Pop Ical Che' Cuc Maquin B'otz Tiul Coc Ch'en Q'ux Rax"),
    twoFamilyNames: true,
    secondGiven: false,
  },
  qu: {
    women: list('Sisa Nina Killa Tamya Sami Urpi Illari'),
    men: list('Inti Amaru Rumi Wayra Yaku Kuntur Apu'),
    family: list('Quilumba Guamán Chimbo Tipán Yaucán Pilataxi Llumiquinga Sinchi Anrango Maigua Cachimuel'),
    twoFamilyNames: true,
    secondGiven: false,
  },
  en: {
    women: list('Mary Linda Susan Karen Denise Tamika Erica Joan'),
    men: list("James Robert Michael David Anthony Tyrone Marcus Derek O'Neal Lloyd Winston"),
    family: list(
      "Smith Johnson Brown Walker O'Brien McAllister Fitzgerald Young Bennett Staine Gillett Usher Flowers Bowen Saint-Clair",
    ),
    twoFamilyNames: false,
    secondGiven: true,
  },
  ht: {
    women: list('Marie-Ange Islande Wideline Roseline Nadège Mirlande Guerline Fabiola'),
    men: list('Jean-Baptiste Wilner Frantz Dieudonné Évens Jocelyn Mackenson Pierre-Louis Ti-Jo'),
    family: list(
      'Jean Pierre Joseph Louis Charles Étienne Désir Saint-Fleur Toussaint Bien-Aimé Lafleur Célestin Noël Dorvil',
    ),
    twoFamilyNames: false,
    secondGiven: false,
  },
  pt: {
    women: list('Conceição Luzia Simone Antônia Jussara'),
    men: list('João Sebastião Antônio Wellington Márcio Cauê'),
    family: list('da_Silva dos_Santos Araújo Conceição Gonçalves Magalhães de_Oliveira Peçanha'),
    twoFamilyNames: true,
    secondGiven: false,
  },
  ar: {
    women: list('Layla Nour Huda Rania'),
    men: list('Samir Khalid Nabil Tariq Yusuf Marwan'),
    family: list("al-Hallaq an-Najjar Sabbagh Khoury al-Bahri Ma'luf Haddad al-Ka'ab"),
    twoFamilyNames: false,
    secondGiven: false,
  },
}

/** What stands on the paper in Arabic script; the transliteration is what the register searches by. */
const arabic: Readonly<Record<string, string>> = {
  Layla: 'ليلى',
  Nour: 'نور',
  Huda: 'هدى',
  Rania: 'رانية',
  Samir: 'سمير',
  Khalid: 'خالد',
  Nabil: 'نبيل',
  Tariq: 'طارق',
  Yusuf: 'يوسف',
  Marwan: 'مروان',
  'al-Hallaq': 'الحلاق',
  'an-Najjar': 'النجار',
  Sabbagh: 'صباغ',
  Khoury: 'خوري',
  'al-Bahri': 'البحري',
  "Ma'luf": 'معلوف',
  Haddad: 'حداد',
  "al-Ka'ab": 'الكعب',
}

export type NameParts = { readonly given: string; readonly family1: string; readonly family2?: string }

const spaced = (name: string) => name.replaceAll('_', ' ').normalize('NFC')

/** A name from a pool. `secondFamilyName` is the share that has one, where the pool has two as a rule. */
export function makeName(random: Random, pool: Pool, woman: boolean, secondFamilyName: number): NameParts {
  const from = pools[pool]
  const given = random.pick(woman ? from.women : from.men)
  const other = random.pick(woman ? from.women : from.men)
  const twoGiven = random.chance(0.7) && from.secondGiven && other !== given
  const family1 = random.pick(from.family)
  const family2 = random.pick(from.family)
  const second = random.chance(secondFamilyName) && from.twoFamilyNames
  return {
    given: twoGiven ? `${given} ${other}` : given,
    family1: spaced(family1),
    ...(second && { family2: spaced(family2) }),
  }
}

/** The name as the register takes it; `written` where the paper shows another script. */
export function recorded({ given, family1, family2 }: NameParts): Name {
  const script = [given, family1].map((part) => arabic[part])
  return {
    use: 'recorded',
    given,
    family1,
    ...(family2 !== undefined && { family2 }),
    ...(script.every((part) => part !== undefined) && { written: script.join(' ') }),
  }
}

const swaps: readonly (readonly [RegExp, string])[] = [
  [/z/, 's'],
  [/s(?!$)/, 'z'],
  [/v/, 'b'],
  [/í|i/, 'y'],
  [/ll/, 'y'],
  [/c/, 'k'],
  [/h/, ''],
  [/(.)$/, '$1s'],
]

/** One letter apart, in the first family name; never the same name. */
function oneLetterApart(random: Random, name: NameParts): NameParts {
  const fitting = swaps.filter(([pattern]) => pattern.test(name.family1))
  const [pattern, to] = random.pick(fitting)
  return { ...name, family1: name.family1.replace(pattern, to).normalize('NFC') }
}

const bare = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC')

/** Nearly the same name: one letter, an accent left out, family names swapped. What does not fit becomes one letter. */
export function nearly(random: Random, name: NameParts, by: 'letter' | 'accent' | 'swapped'): NameParts {
  if (by === 'swapped' && name.family2 !== undefined && name.family2 !== name.family1) {
    return { ...name, family1: name.family2, family2: name.family1 }
  }
  if (by === 'accent') {
    const plain = {
      given: bare(name.given),
      family1: bare(name.family1),
      ...(name.family2 !== undefined && { family2: bare(name.family2) }),
    }
    if (plain.given !== name.given || plain.family1 !== name.family1 || plain.family2 !== name.family2) return plain
  }
  return oneLetterApart(random, name)
}

const aliases = list('Pescador Zurdo Panadero Chele Flaco Maestro Norteño Músico Relojero Cartero Herrero Abuelo')

/** An invented second name by which somebody says they are called. */
export const makeAlias = (random: Random): Name => ({ use: 'alias', given: random.pick(aliases) })
