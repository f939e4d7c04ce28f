// Made by `npm run types` from migrations/. Do not edit.

import type { ColumnType } from "kysely";

export type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;

export interface Checkpoint {
  at: string;
  note: string;
  root: Buffer;
  size: number;
}

export interface Cosignature {
  at: string;
  line: string;
  size: number;
  witness: string;
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
  kind: string;
  n: number;
  nth: number | null;
  officer: string;
  recorded: string;
  sealed: Buffer;
  staff: Buffer;
  v: number;
}

export interface KeystoreEpochKey {
  begun: string;
  for_facility: Buffer;
  for_oversight: Buffer;
  id: string;
}

export interface KeystoreSubjectKey {
  epoch: string;
  subject: string;
  wrapped: Buffer;
}

export interface Leaf {
  idx: number;
  n: number;
}

export interface Migration {
  applied_at: Generated<string>;
  name: string;
  sha256: string;
}

export interface Pending {
  n: number;
}

export interface RegisterCounter {
  facility: string;
  last: number;
  year: number;
}

export interface Subject {
  facility: string;
  id: string;
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
  checkpoint: Checkpoint;
  cosignature: Cosignature;
  entry: Entry;
  "keystore.epoch_key": KeystoreEpochKey;
  "keystore.subject_key": KeystoreSubjectKey;
  leaf: Leaf;
  migration: Migration;
  pending: Pending;
  register_counter: RegisterCounter;
  subject: Subject;
  tile: Tile;
}
