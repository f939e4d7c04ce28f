import type { Role } from './roles.ts'

/**
 * Who may do what, said a second time: in words and as a list. The policies in `policies/` decide; this table is what
 * the tests hold them against, so that whoever changes a policy says the change twice.
 */
export const expectations: Readonly<Record<string, { readonly says: string; readonly roles: readonly Role[] }>> = {
  'custody.record': {
    says: 'Only the register office enters what happens to a person in custody.',
    roles: ['registrar'],
  },
  'person.record': { says: 'Only the register office enters who a person is.', roles: ['registrar'] },
  'health.record': {
    says: 'Only the register office enters elements of health, as told by health staff.',
    roles: ['registrar'],
  },
  'order.record': {
    says: 'Only the register office enters orders; a court sends them, it does not enter them.',
    roles: ['registrar'],
  },
  'entry.amend': { says: 'Who enters facts corrects them; the first entry stays.', roles: ['registrar'] },
  'import.run': { says: 'A roster is taken in by the register office, which answers for it.', roles: ['registrar'] },
  'expunge.propose': {
    says: 'The register office puts a court’s order to expunge on record.',
    roles: ['registrar'],
  },
  'record.expunge': { says: 'Nothing is expunged but by oversight, on another’s proposal.', roles: ['oversight'] },
  'record.seal': {
    says: 'A court’s order to seal or to open again is carried out by oversight.',
    roles: ['oversight'],
  },
  'place.record': { says: 'Places are entered by the register office.', roles: ['registrar'] },
  'finding.record': {
    says: 'The product opens findings, oversight opens and closes them; the facility does neither.',
    roles: ['oversight', 'service'],
  },
  'service.record': { says: 'What the product says of itself, nobody else says.', roles: ['service'] },
  'custody.read': {
    says: 'Custodies are read where they are kept, judged and watched over.',
    roles: ['registrar', 'court', 'oversight'],
  },
  'person.read': {
    says: 'Persons are read where they are kept, judged and watched over.',
    roles: ['registrar', 'court', 'oversight'],
  },
  'roll.read': {
    says: 'The roll is read where it is kept, judged and watched over.',
    roles: ['registrar', 'court', 'oversight'],
  },
  'law.read': {
    says: 'Orders and their gaps are read where they are kept, judged and watched over.',
    roles: ['registrar', 'court', 'oversight'],
  },
  'finding.read': {
    says: 'Findings may name custodies: read like custodies.',
    roles: ['registrar', 'court', 'oversight'],
  },
  'slip.print': {
    says: 'The slip for the person and the family is printed where the person is admitted.',
    roles: ['registrar'],
  },
  'return.issue': {
    says: 'The custodian answers the writ; the court and oversight may have it answered.',
    roles: ['registrar', 'court', 'oversight'],
  },
  'entry.read': {
    says: 'Entries are read by those who read custodies, and by auditors, for whom no section opens.',
    roles: ['registrar', 'court', 'oversight', 'auditor'],
  },
  'place.read': {
    says: 'Places are no secret from those who work here.',
    roles: ['registrar', 'court', 'oversight', 'administrator'],
  },
  'log.read': {
    says: 'The state of the log is open to every role.',
    roles: ['registrar', 'court', 'oversight', 'auditor', 'administrator', 'service'],
  },
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
  'notice.agree': {
    says: 'Where oversight is reached, oversight alone agrees to.',
    roles: ['oversight'],
  },
  'token.manage': {
    says: 'Only the administrator lists and ends tokens, and sees nobody in custody.',
    roles: ['administrator'],
  },
}
