import { defineRefusals } from '../kernel/refusal.ts'
import { fileRefusals } from './messages.ts'

const imports = defineRefusals({
  'import-running': {
    sort: 'conflict',
    says: {
      en: 'Another import for this facility is running.',
      es: 'Hay otra importación en curso para este establecimiento.',
    },
    remedy: {
      en: 'Wait for its end, then repeat: what was taken is not taken twice.',
      es: 'Espere a que termine y repita: lo ya tomado no se toma dos veces.',
    },
  },
  'companion-unknown': {
    sort: 'invalid',
    says: { en: 'This profile has no second file.', es: 'Este perfil no tiene un segundo archivo.' },
    remedy: {
      en: 'Leave `--with` out, or describe `companion` in the profile.',
      es: 'Quite `--with`, o describa `companion` en el perfil.',
    },
  },
  'as-of-future': {
    sort: 'invalid',
    says: {
      en: 'The file speaks for a day that has not come yet.',
      es: 'El archivo corresponde a un día que aún no ha llegado.',
    },
    remedy: { en: 'Check the name of the file and the clock.', es: 'Revise el nombre del archivo y el reloj.' },
  },
})

export const refuseImport = imports.refuse
/** All refusals of this room: of files as a whole, and of imports. */
export const importRefusals = { ...fileRefusals, ...imports.catalogue }
