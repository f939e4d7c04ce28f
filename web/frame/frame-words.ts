import type { Question } from './addresses.ts'
import { words } from './words.ts'

export const frameWords = words({
  skip: { en: 'To the content', es: 'Ir al contenido' },
  search: { en: 'Person, cell, order, act…', es: 'Persona, celda, orden, acto…' },
  searchKey: { en: 'Search everywhere', es: 'Buscar en todo' },
  navigationShort: { en: 'The questions, in short', es: 'Las preguntas, en breve' },
  demonstration: { en: 'demonstration', es: 'demostración' },
  navigation: { en: 'The questions', es: 'Las preguntas' },
  menu: { en: 'Questions', es: 'Preguntas' },
  more: { en: 'More', es: 'Más' },
  shortcuts: { en: 'Shortcuts', es: 'Atajos' },
  language: { en: 'Language', es: 'Idioma' },
  dark: { en: 'Dark theme', es: 'Tema oscuro' },
  light: { en: 'Light theme', es: 'Tema claro' },
  signOut: { en: 'Sign out', es: 'Salir' },
  sessions: { en: 'Where you are signed in', es: 'Dónde tiene sesión abierta' },
  close: { en: 'Close', es: 'Cerrar' },
})

export const questionWords = words({
  who: { en: 'Who is held', es: 'Quiénes están' },
  law: { en: 'By what law', es: 'Con qué ley' },
  where: { en: 'Where', es: 'Dónde' },
  watched: { en: 'Watched by', es: 'Quién vigila' },
  conditions: { en: 'In what conditions', es: 'En qué condiciones' },
  owed: { en: 'What is owed', es: 'Qué se debe' },
  wrong: { en: 'What is wrong', es: 'Qué está mal' },
  prove: { en: 'Prove it', es: 'Demuéstralo' },
} satisfies Record<Question, { en: string; es: string }>)

export const roleWords = words({
  registrar: { en: 'Registry', es: 'Registro' },
  'module-officer': { en: 'Module officer', es: 'Oficial de módulo' },
  'shift-commander': { en: 'Shift command', es: 'Jefatura de turno' },
  'control-room': { en: 'Control room', es: 'Sala de control' },
  director: { en: 'Director', es: 'Dirección' },
  health: { en: 'Health', es: 'Salud' },
  'sending-state': { en: 'Sending State', es: 'Estado remitente' },
  court: { en: 'Court · read only', es: 'Tribunal · solo lectura' },
  oversight: { en: 'Inspection', es: 'Inspección' },
  counsel: { en: 'Counsel', es: 'Defensa' },
  family: { en: 'Family', es: 'Familia' },
  auditor: { en: 'Audit · read only', es: 'Auditoría · solo lectura' },
  administrator: { en: 'Administration', es: 'Administración' },
  service: { en: 'Service', es: 'Servicio' },
})
