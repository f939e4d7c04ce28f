import { ROLES, type Role } from './roles.ts'

/**
 * Who may do what, said a second time: in words and as a list. The policies in `policies/` decide; this table is what
 * the tests hold them against, so that whoever changes a policy says the change twice.
 */
export const expectations: Readonly<Record<string, { readonly says: string; readonly roles: readonly Role[] }>> = {
  'custody.record': {
    says: 'What happens to a person in custody is entered by the register office, save what is named below.',
    roles: ['registrar'],
  },
  'departure.record': {
    says: 'Departures are entered by the register office or the shift commander at the gate.',
    roles: ['registrar', 'shift-commander'],
  },
  'presence.record': {
    says: 'Where a body is, is entered by whoever keeps it: register office, module officers, shift commanders.',
    roles: ['registrar', 'module-officer', 'shift-commander'],
  },
  'bunk.record': {
    says: 'Which bunk is meant for whom is entered by the register office and the shift commander.',
    roles: ['registrar', 'shift-commander'],
  },
  'note.record': {
    says: 'Notes are made by the register office and those who are on the module.',
    roles: ['registrar', 'module-officer', 'shift-commander'],
  },
  'person.record': { says: 'Only the register office enters who a person is.', roles: ['registrar'] },
  'health.record': {
    says: 'Health staff enter what concerns health; the register office enters the elements that it is told at admission.',
    roles: ['registrar', 'health'],
  },
  'order.record': {
    says: 'Only the register office enters orders; a court sends them, it does not enter them.',
    roles: ['registrar'],
  },
  'order.verify': {
    says: 'Whether a paper is what it says it is, is asked and entered by the register office.',
    roles: ['registrar'],
  },
  'release.check': {
    says: 'Whether an order to release means this body, and what else holds it, is checked by the register office and at the gate.',
    roles: ['registrar', 'shift-commander'],
  },
  'release.authorise': {
    says: 'A release is authorised by the director, and by the register office at the hour when no director is there.',
    roles: ['registrar', 'director'],
  },
  'lawbook.record': {
    says: 'Authorities with their powers, and provisions with their time in force, are entered by the register office.',
    roles: ['registrar'],
  },
  'duty.record': {
    says: 'What somebody was told, who was notified, hearings and petitions are entered where people are received and guarded.',
    roles: ['registrar', 'shift-commander'],
  },
  'duty.discharge': {
    says: 'That a duty was done is said where it is owed, of what words can settle; oversight says it of any.',
    roles: ['registrar', 'shift-commander', 'oversight'],
  },
  'sentence.record': {
    says: 'The facts of sentences are entered by the register office, and by the court that imposed them.',
    roles: ['registrar', 'court'],
  },
  'sentence.sign': {
    says: 'Dates of sentences are signed, and checked by a second person, in the register office and by courts.',
    roles: ['registrar', 'court'],
  },
  'law.review': {
    says: 'Who moves by a change of sentence law is looked at by the register office, and by oversight.',
    roles: ['registrar', 'oversight'],
  },
  'entry.amend': {
    says: 'Who enters facts corrects them, each those that the role may enter; the first entry stays.',
    roles: ['registrar', 'module-officer', 'shift-commander', 'health'],
  },
  'import.run': { says: 'A roster is taken in by the register office, which answers for it.', roles: ['registrar'] },
  'expunge.propose': { says: 'The register office puts a court’s order to expunge on record.', roles: ['registrar'] },
  'record.expunge': { says: 'Nothing is expunged but by oversight, on another’s proposal.', roles: ['oversight'] },
  'record.seal': {
    says: 'A court’s order to seal or to open again is carried out by oversight.',
    roles: ['oversight'],
  },
  'access.grant': {
    says: 'The register office says whose counsel, whose family and which state’s desk somebody is.',
    roles: ['registrar'],
  },
  'glass.break': {
    says: 'In need and with a reason, health staff and shift commanders open what is closed to them.',
    roles: ['shift-commander', 'health'],
  },
  'place.record': { says: 'Places are entered by the register office.', roles: ['registrar'] },
  'finding.record': {
    says: 'The product opens findings, oversight opens and closes them; the facility does neither, the director neither.',
    roles: ['oversight', 'service'],
  },
  'service.record': { says: 'What the product says of itself, nobody else says.', roles: ['service'] },
  'custody.read': {
    says: 'Custodies are read where they are kept, judged and watched over, and by those whose people they are.',
    roles: [
      'registrar',
      'module-officer',
      'shift-commander',
      'control-room',
      'director',
      'health',
      'sending-state',
      'court',
      'oversight',
      'counsel',
      'family',
    ],
  },
  'person.read': {
    says: 'Persons are read where they are kept, judged and watched over, and by those whose people they are.',
    roles: [
      'registrar',
      'module-officer',
      'shift-commander',
      'control-room',
      'director',
      'health',
      'sending-state',
      'court',
      'oversight',
      'counsel',
      'family',
    ],
  },
  'roll.read': {
    says: 'The roll is read where it is kept, judged and watched over.',
    roles: [
      'registrar',
      'module-officer',
      'shift-commander',
      'control-room',
      'director',
      'health',
      'court',
      'oversight',
    ],
  },
  'law.read': {
    says: 'Orders and their gaps are read by records staff, director, court and oversight, by counsel and by the sending state.',
    roles: ['registrar', 'director', 'sending-state', 'court', 'oversight', 'counsel'],
  },
  'duty.read': {
    says: 'What is owed is read by those who owe it and who watch over it, as far as its section opens; of their own people by counsel and the sending state.',
    roles: ['registrar', 'shift-commander', 'director', 'health', 'sending-state', 'court', 'oversight', 'counsel'],
  },
  'finding.read': {
    says: 'Findings may name custodies: read by those who answer for the place, judge it and watch over it.',
    roles: ['registrar', 'shift-commander', 'control-room', 'director', 'court', 'oversight'],
  },
  'slip.print': {
    says: 'The slip for the person and the family is printed where the person is admitted.',
    roles: ['registrar'],
  },
  'return.issue': {
    says: 'The custodian answers the writ; the court and oversight may have it answered.',
    roles: ['registrar', 'director', 'court', 'oversight'],
  },
  'looked.read': {
    says: 'Who looked at a file, the facility sees of its own; all of it is seen by oversight and the auditor.',
    roles: ['registrar', 'module-officer', 'shift-commander', 'control-room', 'director', 'oversight', 'auditor'],
  },
  'entry.read': {
    says: 'Entries are read by those who read custodies, as far as their sections open, and by auditors, for whom none about a person does.',
    roles: [
      'registrar',
      'module-officer',
      'shift-commander',
      'director',
      'health',
      'sending-state',
      'court',
      'oversight',
      'counsel',
      'family',
      'auditor',
    ],
  },
  'place.read': {
    says: 'Places are no secret from those who work here.',
    roles: [
      'registrar',
      'module-officer',
      'shift-commander',
      'control-room',
      'director',
      'health',
      'court',
      'oversight',
      'administrator',
    ],
  },
  'log.read': { says: 'The state of the log is open to every role.', roles: ROLES },
  'log.bundle': {
    says: 'Envelopes go to oversight and to auditors; a mirror is one.',
    roles: ['oversight', 'auditor'],
  },
  'audit.run': { says: 'The record is audited by those outside the facility.', roles: ['oversight', 'auditor'] },
  'metrics.read': {
    says: 'What the parts measure of themselves goes to who runs them and who audits them; it holds nobody.',
    roles: ['auditor', 'administrator'],
  },
  'notice.propose': {
    says: 'The administrator proposes where oversight is reached; nothing changes by that alone.',
    roles: ['administrator'],
  },
  'notice.agree': { says: 'Where oversight is reached, oversight alone agrees to.', roles: ['oversight'] },
  'officer.manage': {
    says: 'Only the administrator disables officers and ends their sessions, and sees nobody in custody.',
    roles: ['administrator'],
  },
  'token.manage': {
    says: 'Only the administrator lists and ends tokens, and sees nobody in custody.',
    roles: ['administrator'],
  },
}
