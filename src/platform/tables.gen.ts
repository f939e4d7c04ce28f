// Made by `npm run types` from migrations/. Do not edit.

import type { ColumnType } from "kysely";

export type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;

export type Json = JsonValue;

export type JsonArray = JsonValue[];

export type JsonObject = {
  [x: string]: JsonValue | undefined;
};

export type JsonPrimitive = boolean | number | string | null;

export type JsonValue = JsonArray | JsonObject | JsonPrimitive;

export type Numeric = ColumnType<string, number | string, number | string>;

export interface AccessDesk {
  entry_n: number;
  grant_id: string;
  officer: string;
  span: string;
  state: string;
}

export interface AccessGrant {
  custody: string;
  entry_n: number;
  /**
   * The entry of the grant, by which it is revoked.
   */
  grant_id: string;
  officer: string;
  role: string;
  /**
   * From when it was recorded until its revocation was: access has no past.
   */
  span: string;
}

export interface AccessRead {
  /**
   * By oversight, court, counsel, family, a state's desk or health staff: told to oversight and the auditor alone.
   */
  apart: boolean;
  custody: string | null;
  entry_n: number;
  facility: string;
  /**
   * Keyed digest (HMAC-SHA-256) of what was asked for, so that the same question is known again and no name can be guessed from it.
   */
  filter: string | null;
  /**
   * For a return: {audience, at, known, digest of the file}.
   */
  issued: Json | null;
  looks: number;
  officer: string;
  /**
   * How many rows a list or a search answered; null for one file.
   */
  people: number | null;
  role: string;
  route: string;
  since: string;
  until: string;
  what: string;
}

export interface AccessToken {
  created: string;
  expires: string;
  facility: string | null;
  id: string;
  /**
   * What the token is for, or whose it is; for people who list tokens.
   */
  label: string | null;
  /**
   * Stands as the actor of every act; the same label keeps the same officer.
   */
  officer: string;
  revoked: string | null;
  role: string;
  sha256: Buffer;
}

export interface Authority {
  document: string | null;
  ends: string | null;
  entry_n: number;
  id: string;
  name: string;
  source: string;
  state: string;
  /**
   * Parts of the state in which it may issue them; none: all of it.
   */
  territories: string[];
}

export interface AuthorityPower {
  authority: string;
  entry_n: number;
  kind: string;
  span: string;
}

export interface Basis {
  cause: string;
  custody: string;
  entry_n: number;
  facility: string;
  orders: string[];
  span: string;
  state: string;
  /**
   * Of order: where the union of the standing orders ends, whether the person left before or not. Null: until further order.
   */
  title_ends: string | null;
}

export interface Bunk {
  entry_n: number;
  facility: string;
  id: string;
  place: string;
  position: string;
  span: string;
  tier: number;
}

export interface BunkAllocation {
  bunk: string;
  custody: string;
  entry_n: number;
  held: string;
}

export interface Checkpoint {
  at: string;
  note: string;
  root: Buffer;
  size: number;
}

export interface Claim {
  at: string;
  custody: string;
  entry_n: number;
  label: string;
  position: number;
  source: string;
  value: string;
}

export interface Classification {
  custody: string;
  entry_n: number;
  field: string;
  span: string;
  value: string;
}

export interface Completeness {
  custody: string;
  entry_n: number;
  missing: string[];
  span: string;
}

export interface Cosignature {
  at: string;
  line: string;
  size: number;
  witness: string;
}

export interface Custody {
  /**
   * When the admission came into the record; later than the day it happened: late-recorded.
   */
  admission_recorded: string;
  admitted: string;
  /**
   * What was admitted together, e.g. one imported file: findings are grouped by it.
   */
  batch: string | null;
  began_precision: string;
  departed_as: string | null;
  departure_n: number | null;
  departure_recorded: string | null;
  disputed: boolean;
  /**
   * Facts about its limits that cannot all be true: departed-before-admission, departures-differ, seen-after-departure.
   */
  disputes: string[];
  ended_precision: string | null;
  entry_n: number;
  facility: string;
  follows: string | null;
  held: string;
  id: string;
  manner: string | null;
  orders_stated: boolean | null;
  /**
   * Absent where the section that names it was expunged.
   */
  person: string | null;
  received_under: string | null;
  /**
   * Facility, year, running number: TEC-25-031208. Empty where the section that holds it was expunged.
   */
  register_number: string;
  zone: string;
}

export interface CustodyChild {
  age_years: Numeric;
  custody: string;
  entry_n: number;
  guardian: string | null;
  position: number;
  whereabouts: string;
}

export interface Departure {
  at: string;
  authority: string | null;
  custody: string;
  death: Json | null;
  departed_as: string | null;
  destination: string | null;
  entry_n: number;
  legal_order: string | null;
  precision: string;
  reason: string | null;
  recorded: string;
  /**
   * SHA-256 of the imported file that says so.
   */
  source: string | null;
  state: string | null;
  verification: string | null;
  zone: string;
}

export interface Deprivation {
  at: string | null;
  by_authority: string | null;
  by_state: string | null;
  custody: string;
  entry_n: number;
  grounds: string | null;
  precision: string | null;
  whereabouts: string | null;
  zone: string | null;
}

export interface Duty {
  cause: string | null;
  custody: string | null;
  due: string | null;
  duty: string | null;
  entry_n: number | null;
  facility: string | null;
  item: string | null;
  owed_from: string | null;
  readings: Json | null;
  rule: string | null;
  settled: string | null;
  settled_as: string | null;
  settled_n: number | null;
  unknown: string | null;
}

export interface DutyMiss {
  cause: string | null;
  custody: string | null;
  due: string;
  duty: string | null;
  entry_n: number;
  facility: string;
  people: number | null;
  rule: string;
}

export interface DutyOfCustody {
  /**
   * Import or mass act (and the day, for what was not late when recorded) that it has in common with others. Null: it stands alone.
   */
  cause: string | null;
  custody: string;
  /**
   * The earliest instant that the facts and the readings of the law allow.
   */
  due: string;
  duty: string;
  entry_n: number;
  facility: string;
  /**
   * Tells two duties of one rule apart: an order, a petition, a departure. Empty where a custody has one.
   */
  item: string;
  owed_from: string;
  /**
   * [{counts, due}] each way to count, where no source fixes one.
   */
  readings: Json | null;
  rule: string;
  settled: string | null;
  /**
   * done: an entry shows it. ended: owed no longer, though it was not done. After due it was late, and stays so.
   */
  settled_as: string | null;
  settled_n: number | null;
  /**
   * What is not known, so that nobody can say whether it is owed or was done. Null: it is.
   */
  unknown: string | null;
}

export interface DutyOfFacility {
  cause: string | null;
  due: string;
  duty: string;
  entry_n: number;
  facility: string;
  item: string;
  owed_from: string;
  readings: Json | null;
  rule: string;
  settled: string | null;
  settled_as: string | null;
  settled_n: number | null;
  unknown: string | null;
}

export interface Entry {
  /**
   * The client's id of the act; never in the envelope.
   */
  act: string;
  act_mac: Buffer;
  act_part: number;
  amends: string | null;
  batch: string | null;
  custody: string | null;
  envelope: Buffer;
  facility: string;
  id: string;
  key_version: Generated<number>;
  kind: string;
  n: number;
  nth: number | null;
  officer: string;
  recorded: string;
  sealed: Buffer;
  staff: Buffer;
  v: number;
}

export interface ExpungeOrder {
  at: string;
  custody: string;
  entry_n: number;
  kind: string;
  proposal: string | null;
}

export interface Facility {
  announced_capacity: number | null;
  /**
   * Places that an authority certified; null when none has.
   */
  certified_capacity: number | null;
  code: string;
  country: string;
  entry_n: number;
  name: string;
  since: string;
  /**
   * [{figure, source, says}]: where each published figure comes from.
   */
  sources: Json;
  zone: string;
}

export interface Finding {
  cause: string | null;
  close_evidence: Json | null;
  closed_n: number | null;
  custody: string | null;
  entry_n: number | null;
  facility: string | null;
  finding: string | null;
  open_evidence: Json | null;
  people: number | null;
  rule: string | null;
  severity: string | null;
  span: string | null;
  state: string | null;
}

export interface FindingOfCustody {
  cause: string | null;
  close_evidence: Json | null;
  closed_n: number | null;
  custody: string;
  entry_n: number;
  facility: string;
  finding: string;
  open_evidence: Json;
  people: number | null;
  rule: string;
  severity: string;
  span: string;
  state: string;
}

export interface FindingOfFacility {
  cause: string | null;
  close_evidence: Json | null;
  closed_n: number | null;
  entry_n: number;
  facility: string;
  finding: string;
  open_evidence: Json;
  /**
   * People when it was opened; how many now is a query.
   */
  people: number | null;
  rule: string;
  severity: string;
  span: string;
  state: string;
}

export interface GlassBroken {
  custody: string;
  entry_n: number;
  facility: string;
  officer: string;
  span: string;
}

export interface HealthElement {
  at: string;
  custody: string;
  entry_n: number;
  examined: string | null;
  fitness: string | null;
  ill_treatment_complaint: boolean | null;
  injuries_recorded: boolean | null;
  needs: string[];
}

export interface ImportChange {
  batch: string;
  custody: string;
  day: string;
  field: string;
  line: number;
  row_key: string;
  taken: boolean;
  value: string;
}

export interface ImportFile {
  as_of: string | null;
  at: string;
  batch: string | null;
  complete: boolean;
  counts: Json;
  digest: string;
  entry_n: number;
  facility: string;
  profile: string;
}

export interface ImportProgress {
  batch: string;
  byte_offset: number;
  counts: Json;
  digest: string;
  line: number;
  profile: string;
  state: string;
}

export interface ImportSeen {
  batch: string;
  subject: string;
}

export interface ImportStay {
  admitted: string;
  batch: string;
  custody: string;
  first_seen: string;
  person: string;
}

export interface KeystoreEpochKey {
  begun: string;
  for_facility: Buffer;
  for_oversight: Buffer;
  id: string;
}

export interface KeystoreSealedKey {
  for_court: Buffer;
  for_oversight: Buffer;
  owner: string | null;
  subject: string;
  version: number;
}

export interface KeystoreSealedNumber {
  custody: string;
  number_mac: Buffer;
  sealed_at: string;
}

export interface KeystoreSubjectKey {
  epoch: string;
  /**
   * The custody whose file this key opens; files have keys of their own, so that one can go alone.
   */
  owner: string | null;
  subject: string;
  version: Generated<number>;
  wrapped: Buffer;
}

export interface LawReview {
  after: string;
  at: string;
  before: string | null;
  change: string | null;
  commences: string | null;
  earlier: number;
  entry_n: number;
  examined: number;
  facility: string;
  later: number;
  list: string;
  moved: number;
  officer: string | null;
  pack: string;
  refused: number;
}

export interface Leaf {
  idx: number;
  n: number;
}

export interface LegalOrder {
  /**
   * "all" or ids of orders: what a release, bail, quashing or decision is about.
   */
  against: Json | null;
  /**
   * What the last look found. Null: nobody looked.
   */
  authentic: boolean | null;
  /**
   * Of the register of authorities. Null: nobody can say whether the issuer was empowered.
   */
  authority: string | null;
  begins: string;
  case_number: string | null;
  charges: string[] | null;
  /**
   * {after, from, zone, firstDay, source}: an end that is counted. Null: named, open or not stated.
   */
  clock: Json | null;
  /**
   * [{kind, says, from, until, begins, ends, document}]: begins and ends are instants.
   */
  conditions: Json | null;
  custody: string;
  /**
   * [{from, to}] instants: when it was contested, each until it was upheld; no to: still is.
   */
  disputes: Json;
  /**
   * SHA-256 of the paper, lower-case hexadecimal; of the paper that arrived last.
   */
  document: string | null;
  effect: string | null;
  end_stated: boolean;
  ended_as: string | null;
  /**
   * The order that ended it: to release, bail, quashing, a decision on appeal.
   */
  ended_by: string | null;
  ended_n: number | null;
  /**
   * First instant no longer covered, by the paper or by what ended it. Null: open. Not after begins: it never covered.
   */
  ends: string | null;
  entry_n: number;
  /**
   * Of a sentence: no ordinary appeal is left. Null: nobody has said.
   */
  final: boolean | null;
  /**
   * When the place first heard of it, on paper or otherwise.
   */
  heard: string | null;
  /**
   * Whether its kind can cover a moment; an order to release or to produce, a decision about others never does.
   */
  holds: Generated<boolean>;
  /**
   * The paper's own date, at which issuer and provision are judged; where none is stated, its beginning.
   */
  issued: string | null;
  issuer: string;
  issuer_state: string;
  kind: string;
  order_id: string;
  /**
   * When the paper of a provisional order arrived. Null: it has not, or the order was never provisional.
   */
  paper_arrived: string | null;
  /**
   * The end by the paper or its clock alone, whatever ended it before.
   */
  paper_ends: string | null;
  provision: string | null;
  provisional: boolean;
  received_by: string | null;
  received_how: string | null;
  /**
   * Of the register of statutes. Null: nobody can say whether the provision was in force.
   */
  statute: string | null;
  territory: string | null;
  /**
   * Since when it has been found authentic. Null: nobody looked, or it was found not to be.
   */
  verified: string | null;
}

export interface Migration {
  applied_at: Generated<string>;
  name: string;
  sha256: string;
}

export interface Note {
  at: string;
  custody: string;
  entry_n: number;
  precision: string;
  text: string;
}

export interface Notice {
  attempts: Generated<number>;
  channel: string;
  count: number;
  delivered: string | null;
  /**
   * Why the last attempt failed, as a code; no address.
   */
  failure: string | null;
  /**
   * At most 20 of them; the console has all.
   */
  findings: string[];
  id: string;
  late: Generated<boolean>;
  made: string;
  next_at: string;
  role: string;
  /**
   * {rule: how many findings}.
   */
  rules: Json;
}

export interface NoticeAddress {
  address: string;
  agreed: string | null;
  channel: string;
  entry_n: number;
  proposal: string;
  proposed: string;
  role: string;
}

export interface NoticeCovers {
  channel: string;
  finding: string;
  notice: string;
  role: string;
}

export interface NoticeDelivery {
  at: string;
  attempts: number;
  channel: string;
  entry_n: number;
  notice: string;
  outcome: string;
  role: string;
}

export interface Officer {
  facility: string | null;
  first_seen: string;
  id: string;
  issuer: string;
  /**
   * A pseudonym (of. 0412), for people who list officers; no name.
   */
  label: string;
  last_seen: string;
  /**
   * As the issuer last claimed it. A session keeps the one that it began with.
   */
  role: string;
  /**
   * The issuer's own name for the officer (OpenID Connect Core, sub).
   */
  subject: string;
}

export interface OfficerStanding {
  /**
   * When it was recorded: sessions begun before are over for good.
   */
  at: string;
  disabled: boolean;
  entry_n: number;
  officer: string;
}

export interface OrderEvent {
  at: string;
  /**
   * Who ordered, contested, upheld, answered for it or brought it, as the entry says.
   */
  by: string | null;
  custody: string;
  detail: Json;
  entry_n: number;
  order_id: string;
  precision: string;
  recorded: string;
  what: string;
}

export interface Passkey {
  counter: number;
  created: string;
  credential: Buffer;
  id: string;
  last_used: string | null;
  officer: string;
  /**
   * COSE key.
   */
  public_key: Buffer;
  revoked: string | null;
  transports: string[];
}

export interface Pending {
  n: number;
}

export interface PersonContact {
  at: string;
  entry_n: number;
  name: string;
  person: string;
  reach: string | null;
  relation: string | null;
  role: string;
}

export interface PersonDifference {
  entry_n: number;
  evidence: string;
  other: string;
  person: string;
  since: string;
}

export interface PersonFact {
  aspect: string;
  disputed: boolean;
  entry_n: number;
  person: string;
  span: string;
  value: Json;
}

export interface PersonIdentifier {
  entry_n: number;
  issuer: string;
  person: string;
  position: number;
  scheme: string;
  span: string;
  value: string;
}

export interface PersonLink {
  entry_n: number;
  evidence: string;
  person: string;
  same: string;
  since: string;
}

export interface PersonMark {
  at: string;
  entry_n: number;
  looks: string;
  person: string;
  whereabouts: string;
}

export interface PersonName {
  entry_n: number;
  family1: string | null;
  family2: string | null;
  given: string | null;
  /**
   * words in one text: equal for namesakes, whatever the order of the parts.
   */
  name_key: string;
  person: string;
  position: number;
  /**
   * How the words sound, each also with one letter left out, and their consonants after a tilde (src/people/sound.ts).
   */
  search_keys: string[];
  span: string;
  use: string;
  /**
   * The parts of the name, without accents and case, each once, sorted.
   */
  words: string[];
  written: string | null;
}

export interface PersonNeed {
  asks: string | null;
  at: string;
  entry_n: number;
  need: string;
  person: string;
}

export interface PersonPhotograph {
  at: string;
  bytes: number;
  digest: string;
  entry_n: number;
  media_type: string;
  person: string;
}

export interface Place {
  area_m2: Numeric | null;
  certified_capacity: number | null;
  code: string;
  entry_n: number;
  facility: string;
  id: string;
  kind: string;
  name: string | null;
  parent: string | null;
  sources: Json;
  span: string;
}

export interface PolicyFile {
  entry_n: number;
  file: string;
  sha256: string | null;
}

export interface Presence {
  because: string;
  custody: string;
  entry_n: number;
  /**
   * That of the custody: with it the roll is counted on this table alone, whatever the planner knows.
   */
  facility: string;
  place: string | null;
  precision: string;
  /**
   * Where disputed: the statements that differ, [{state, place, where, entry}].
   */
  rivals: Json | null;
  span: string;
  state: string;
  whereabouts: string | null;
}

export interface PropertyItem {
  at: string;
  custody: string;
  entry_n: number;
  held: string;
  position: number;
  quantity: number;
  what: string;
}

export interface RegisterCounter {
  facility: string;
  last: number;
  year: number;
}

export interface RegisterVersion {
  /**
   * SHA-256 over what the program declares of the register: version, scope, key, columns, kinds and the versions of those.
   */
  digest: string;
  made: string;
  register: string;
  version: number;
}

export interface ReleaseClock {
  authorised: string | null;
  authorised_n: number | null;
  /**
   * [{at, check, means, result, by, found, n}] in the order in which they were made.
   */
  checks: Json;
  custody: string;
  entry_n: number;
  facility: string;
  gate: string | null;
  gate_n: number | null;
  /**
   * Since when a second means says that this is the person. Null: none does.
   */
  identity: string | null;
  identity_means: string | null;
  identity_n: number | null;
  kind: string;
  /**
   * [{order, heard, n}] orders to hold that the place heard of after it.
   */
  later: Json;
  left_as: string | null;
  order_id: string;
  /**
   * When somebody first looked for what else holds the person.
   */
  others: string | null;
  others_found: boolean | null;
  others_n: number | null;
  /**
   * When the order itself ceased to stand, though nobody had left.
   */
  over: string | null;
  over_as: string | null;
  over_n: number | null;
  /**
   * When the place first heard of it, on paper or otherwise.
   */
  received: string;
  /**
   * From when time counts: the receipt, or later where the order itself says so.
   */
  starts: string;
  verified: string | null;
  verified_n: number | null;
}

export interface ReleaseConflict {
  custody: string;
  entry_n: number;
  facility: string;
  order_id: string;
  release_id: string;
  span: string;
}

export interface Responsibility {
  authority: string;
  custody: string;
  entry_n: number;
  rivals: Json | null;
  role: string;
  span: string;
  state: string;
  /**
   * The state that says so, or register: the register of admissions itself.
   */
  stated_by: string;
}

export interface SentenceCase {
  case_id: string;
  custody: string;
  entry_n: number;
  facility: string;
  /**
   * The first instant after it; the alarm runs on it. Null: nobody knows.
   */
  free_from: string | null;
  inputs: string;
  /**
   * The last day on which every reading, and every signed date, lets the person be held.
   */
  last_day: string | null;
  /**
   * Ids of the orders of the ledger that the sentences rest on.
   */
  orders: string[];
  outcome: string;
  pack: string;
  reasons: string[];
  /**
   * The day on which custody ends by the earliest reading. Null: none is computed.
   */
  release: string | null;
  release_latest: string | null;
  sentences: number;
  state: string;
  zone: string;
}

export interface SentenceDate {
  case_id: string;
  cause: string | null;
  checked: string | null;
  checked_at: string | null;
  checked_by: string | null;
  checked_n: number | null;
  computed: string | null;
  computed_latest: string | null;
  custody: string;
  facility: string;
  how: string | null;
  /**
   * When the fact that outdated it was recorded; of a change of law alone when it was signed, since no entry says when.
   */
  outdated_from: string | null;
  pack_hash: string | null;
  pack_version: string | null;
  refused: string | null;
  role: string;
  signed: string | null;
  signed_at: string | null;
  signed_by: string | null;
  signed_n: number | null;
  state: string;
  type: string;
  why: string | null;
}

export interface SentenceEntry {
  at: string;
  birth: string | null;
  case_id: string;
  /**
   * The correction by which it reads as it does; a signature that was corrected is nobody’s.
   */
  corrected_by: string | null;
  custody: string;
  entry: string;
  entry_n: number;
  facility: string;
  kind: string;
  legal: Json;
  officer: string | null;
  recorded: string;
}

export interface SignInSession {
  /**
   * SHA-256 of the user agent: one's own sessions can be told apart, nobody's browser is kept.
   */
  agent: Buffer;
  /**
   * When the officer proved who they are, where that was asked for anew (max_age).
   */
  authenticated: string | null;
  created: string;
  /**
   * Signed out, or ended by an administrator or the next sign-in.
   */
  ended: string | null;
  /**
   * The last instant, however much it is used.
   */
  ends: string;
  facility: string | null;
  id: string;
  language: string | null;
  last_used: string;
  officer: string;
  role: string;
  sha256: Buffer;
}

export interface SourceRow {
  admitted: string;
  custody: string;
  departed: string | null;
  /**
   * The source states that the stay has ended.
   */
  ended: boolean;
  entry_n: number;
  facility: string;
  /**
   * SHA-256 of the last file that said something new.
   */
  file: string;
  first_seen: string | null;
  /**
   * {field: [[day, value]]}, oldest first, a row only where the source began to say something else. Field roster: seen, gone.
   */
  history: Json;
  /**
   * As the source itself states it (stays); null for rosters.
   */
  last_seen: string | null;
  on_roster: boolean;
  person: string | null;
  row_key: string;
}

export interface Statute {
  article: string | null;
  document: string | null;
  ends: string | null;
  entry_n: number;
  id: string;
  kinds: string[];
  source: string;
  state: string;
  title: string;
}

export interface StatuteForce {
  entry_n: number;
  span: string;
  statute: string;
}

export interface StepUp {
  answered: string | null;
  challenge: string;
  created: string;
  id: string;
  purpose: string;
  /**
   * SHA-256 of the request that it is for.
   */
  request: Buffer | null;
  session: string;
  /**
   * Of what the header habeas-step-up carries, once the challenge was answered.
   */
  sha256: Buffer | null;
  used: string | null;
}

export interface Subject {
  facility: string;
  id: string;
  /**
   * Goes up when the subject's key is exchanged (expunging): a process that holds the old key sees it under the lock.
   */
  key_version: Generated<number>;
  kind: string;
  nth: Generated<number>;
  person: string | null;
}

export interface Tile {
  hashes: Buffer;
  idx: number;
  level: number;
}

export interface DB {
  access_desk: AccessDesk;
  access_grant: AccessGrant;
  access_read: AccessRead;
  access_token: AccessToken;
  authority: Authority;
  authority_power: AuthorityPower;
  basis: Basis;
  bunk: Bunk;
  bunk_allocation: BunkAllocation;
  checkpoint: Checkpoint;
  claim: Claim;
  classification: Classification;
  completeness: Completeness;
  cosignature: Cosignature;
  custody: Custody;
  custody_child: CustodyChild;
  departure: Departure;
  deprivation: Deprivation;
  duty: Duty;
  duty_miss: DutyMiss;
  duty_of_custody: DutyOfCustody;
  duty_of_facility: DutyOfFacility;
  entry: Entry;
  expunge_order: ExpungeOrder;
  facility: Facility;
  finding: Finding;
  finding_of_custody: FindingOfCustody;
  finding_of_facility: FindingOfFacility;
  glass_broken: GlassBroken;
  health_element: HealthElement;
  import_change: ImportChange;
  import_file: ImportFile;
  import_progress: ImportProgress;
  import_seen: ImportSeen;
  import_stay: ImportStay;
  "keystore.epoch_key": KeystoreEpochKey;
  "keystore.sealed_key": KeystoreSealedKey;
  "keystore.sealed_number": KeystoreSealedNumber;
  "keystore.subject_key": KeystoreSubjectKey;
  law_review: LawReview;
  leaf: Leaf;
  legal_order: LegalOrder;
  migration: Migration;
  note: Note;
  notice: Notice;
  notice_address: NoticeAddress;
  notice_covers: NoticeCovers;
  notice_delivery: NoticeDelivery;
  officer: Officer;
  officer_standing: OfficerStanding;
  order_event: OrderEvent;
  passkey: Passkey;
  pending: Pending;
  person_contact: PersonContact;
  person_difference: PersonDifference;
  person_fact: PersonFact;
  person_identifier: PersonIdentifier;
  person_link: PersonLink;
  person_mark: PersonMark;
  person_name: PersonName;
  person_need: PersonNeed;
  person_photograph: PersonPhotograph;
  place: Place;
  policy_file: PolicyFile;
  presence: Presence;
  property_item: PropertyItem;
  register_counter: RegisterCounter;
  register_version: RegisterVersion;
  release_clock: ReleaseClock;
  release_conflict: ReleaseConflict;
  responsibility: Responsibility;
  sentence_case: SentenceCase;
  sentence_date: SentenceDate;
  sentence_entry: SentenceEntry;
  sign_in_session: SignInSession;
  source_row: SourceRow;
  statute: Statute;
  statute_force: StatuteForce;
  step_up: StepUp;
  subject: Subject;
  tile: Tile;
}
