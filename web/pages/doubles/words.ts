import { formatNumber } from '../../frame/format.ts'
import { plural, words } from '../../frame/words.ts'

export const doublesWords = words({
  title: { en: 'Doubles and namesakes', es: 'Duplicados y homónimos' },
  people: { en: 'Who is held', es: 'Quiénes están' },
  figures: { en: 'Pairs', es: 'Pares' },
  doubles: { en: 'Possible doubles', es: 'Posibles duplicados' },
  doublesNote: { en: 'same number, or same name and birth', es: 'mismo número, o mismo nombre y nacimiento' },
  homonyms: { en: 'Namesakes', es: 'Homónimos' },
  homonymsNote: { en: 'same name alone', es: 'solo el mismo nombre' },
  identifier: { en: 'The same number of the same document', es: 'El mismo número del mismo documento' },
  'name-and-birth': { en: 'The same full name and birth date', es: 'El mismo nombre completo y fecha de nacimiento' },
  'same-name': { en: 'The same full name', es: 'El mismo nombre completo' },
  pair: {
    en: (one: string, other: string) => `${one} and ${other}`,
    es: (one: string, other: string) => `${one} y ${other}`,
  },
  name: { en: 'Name', es: 'Nombre' },
  birth: { en: 'Birth', es: 'Nacimiento' },
  custodies: { en: 'Custodies', es: 'Custodias' },
  now: { en: 'now', es: 'ahora' },
  to: { en: 'to', es: 'hasta' },
  differs: { en: 'differs', es: 'difiere' },
  unnamed: { en: 'no name known', es: 'sin nombre conocido' },
  photograph: { en: 'Photograph, for identity only', es: 'Fotografía, solo para identidad' },
  noPhotograph: { en: 'No photograph', es: 'Sin fotografía' },
  same: { en: 'They are one person', es: 'Son una misma persona' },
  different: { en: 'They are two persons', es: 'Son dos personas' },
  tellApart: { en: 'Record that they are two', es: 'Registrar que son dos' },
  undoApart: {
    en: 'The pair leaves this list. Withdrawing this entry lists it again.',
    es: 'El par sale de esta lista. Retirar este asiento lo pone otra vez.',
  },
  evidence: { en: 'How it was found', es: 'Cómo se constató' },
  evidenceHint: {
    en: 'Fingerprints, documents, who compared them. It stands in both files.',
    es: 'Huellas, documentos, quién los comparó. Consta en los dos expedientes.',
  },
  link: { en: 'Record that they are one', es: 'Registrar que son una' },
  undo: {
    en: 'Both files stay and point to each other. Withdrawing this entry parts them again.',
    es: 'Los dos expedientes quedan y se remiten uno a otro. Retirar este asiento los separa otra vez.',
  },
  later: {
    en: 'Nothing need be decided now. Both stay as they are; the pair stays listed until somebody says.',
    es: 'No hay que decidir ahora. Los dos quedan como están; el par sigue en la lista hasta que alguien lo diga.',
  },
  more: { en: 'More pairs', es: 'Más pares' },
  noDoubles: { en: 'No possible doubles.', es: 'Ningún posible duplicado.' },
  noHomonyms: {
    en: 'No two people held bear the same name.',
    es: 'No hay dos personas en custodia con el mismo nombre.',
  },
  checked: {
    en: (when: string) => `Checked ${when}. Names that merely sound alike are found by the search, not here.`,
    es: (when: string) =>
      `Comprobado el ${when}. Los nombres que solo suenan parecido los halla la búsqueda, no esta lista.`,
  },
  seeHomonyms: {
    en: (count: number) =>
      plural(count, 'en', {
        one: 'See the pair of namesakes',
        other: `See the ${formatNumber(count)} pairs of namesakes`,
      }),
    es: (count: number) =>
      plural(count, 'es', {
        one: 'Ver el par de homónimos',
        other: `Ver los ${formatNumber(count)} pares de homónimos`,
      }),
  },
  cancel: { en: 'Not now', es: 'Ahora no' },
})
