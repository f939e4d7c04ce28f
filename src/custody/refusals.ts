import { defineRefusals } from '../kernel/refusal.ts'

export const { catalogue: custodyRefusals, refuse: refuseCustody } = defineRefusals({
  'no-such-custody': {
    sort: 'not-found',
    says: {
      en: 'There is no custody with this id or number.',
      es: 'No existe custodia con ese identificador o número.',
    },
    remedy: {
      en: 'Check the register number; search by name with POST /api/people/search.',
      es: 'Compruebe el número de registro; busque por nombre con POST /api/people/search.',
    },
  },
  'no-such-facility': {
    sort: 'not-found',
    says: { en: 'There is no facility with this code.', es: 'No existe establecimiento con ese código.' },
    remedy: { en: 'Check the code of the facility.', es: 'Compruebe el código del establecimiento.' },
  },
  'instant-in-future': {
    sort: 'invalid',
    says: {
      en: 'Nobody can answer for an instant that has not come.',
      es: 'Nadie puede responder por un instante que no ha llegado.',
    },
    remedy: { en: 'Ask for now or an earlier instant.', es: 'Pregunte por ahora o por un instante anterior.' },
  },
  'found-on-register': {
    sort: 'conflict',
    says: {
      en: 'The register holds somebody who may be meant; a return cannot say that nobody is held.',
      es: 'El registro contiene a alguien que puede ser la persona buscada; no se puede responder que no está detenida.',
    },
    remedy: {
      en: 'Look at the register numbers that are named: ask for a return of the person meant, or say which are of other people.',
      es: 'Examine los números de registro que se nombran: pida la respuesta de la persona buscada, o diga cuáles son de otras.',
    },
  },
  'section-closed': {
    sort: 'not-permitted',
    says: {
      en: 'A section was named that this reader may not open.',
      es: 'Se nombró una sección que este destinatario no puede abrir.',
    },
    remedy: {
      en: 'Name sections from `open` in details, or none for all of them.',
      es: 'Nombre secciones de `open` en details, o ninguna para todas ellas.',
    },
  },
  'bunk-taken': {
    sort: 'conflict',
    says: {
      en: 'This bunk is meant for somebody else at that time.',
      es: 'Esa litera está destinada a otra persona en ese momento.',
    },
    remedy: {
      en: 'Choose another bunk, or record first that one of the two gave it up (bunk.vacate).',
      es: 'Elija otra litera, o asiente antes que una de las dos la dejó (bunk.vacate).',
    },
    act: 'bunk.vacate',
  },
})
