-- 0024-sentences: the facts of sentences, how their dates stand, and which changes of law were reviewed.

create table sentence_entry (
  entry_n      bigint      not null,
  entry        uuid        not null,
  custody      uuid        not null,
  facility     text        not null,
  case_id      uuid        not null,
  kind         text        not null,
  at           timestamptz not null,
  recorded     timestamptz not null,
  officer      uuid,
  corrected_by uuid,
  legal        jsonb       not null,
  birth        date,
  constraint sentence_entry_once primary key (entry_n),
  constraint sentence_entry_kind_known check (kind in ('sentence.enter', 'sentence.adjust', 'sentence.sign', 'sentence.check'))
);
create index sentence_entry_of_custody on sentence_entry (custody, at, entry_n);
comment on table sentence_entry is 'One row each sentence.enter, .adjust, .sign, .check: what the law room computes from. habeas replay rebuilds it.';
comment on column sentence_entry.corrected_by is 'The correction by which it reads as it does; a signature that was corrected is nobody’s.';

create table sentence_case (
  custody   uuid        not null,
  facility  text        not null,
  case_id   uuid        not null,
  pack      text        not null,
  zone      text        not null,
  state     text        not null,
  reasons   text[]      not null,
  release   date,
  release_latest date,
  last_day  date,
  free_from timestamptz,
  orders    text[]      not null,
  sentences integer     not null,
  inputs    text        not null,
  outcome   text        not null,
  entry_n   bigint      not null,
  constraint sentence_case_once primary key (custody, case_id),
  constraint sentence_case_state_known check (state in ('dated', 'refused', 'ambiguous')),
  constraint sentence_case_free_is_bounded check (free_from <> 'infinity')
);
create index sentence_case_of_pack on sentence_case (pack, custody);
create index sentence_case_free_from on sentence_case (free_from) where free_from is not null;
comment on table sentence_case is 'Fold of the entries of a custody by the packs of this program: made anew when a pack changes. habeas replay rebuilds it.';
comment on column sentence_case.release is 'The day on which custody ends by the earliest reading. Null: none is computed.';
comment on column sentence_case.last_day is 'The last day on which every reading, and every signed date, lets the person be held.';
comment on column sentence_case.free_from is 'The first instant after it; the alarm runs on it. Null: nobody knows.';
comment on column sentence_case.orders is 'Ids of the orders of the ledger that the sentences rest on.';

create table sentence_date (
  custody         uuid    not null,
  facility        text    not null,
  case_id         uuid    not null,
  type            text    not null,
  role            text    not null,
  computed        date,
  computed_latest date,
  refused         text,
  signed          date,
  how             text,
  why             text,
  signed_n        bigint,
  signed_by       uuid,
  signed_at       timestamptz,
  pack_version    text,
  pack_hash       text,
  checked         text,
  checked_n       bigint,
  checked_by      uuid,
  checked_at      timestamptz,
  state           text    not null,
  cause           text,
  outdated_from   timestamptz,
  constraint sentence_date_once primary key (custody, case_id, type),
  constraint sentence_date_role_known check (role in ('release', 'eligibility', 'expiry', 'other')),
  constraint sentence_date_how_known check (how in ('pack', 'hand', 'court')),
  constraint sentence_date_checked_known check (checked in ('agrees', 'disagrees')),
  constraint sentence_date_state_known check (state in ('unsigned', 'standing', 'outdated')),
  constraint sentence_date_cause_known check (cause in ('facts', 'law', 'facts-and-law'))
);
create index sentence_date_outdated on sentence_date (custody) where state = 'outdated';
create index sentence_date_of_signature on sentence_date (pack_hash) where pack_hash is not null;
comment on table sentence_date is 'Each date of a sentence as it is computed, signed and checked. Made anew when a pack changes. habeas replay rebuilds it.';
comment on column sentence_date.outdated_from is 'When the fact that outdated it was recorded; of a change of law alone when it was signed, since no entry says when.';

create table law_review (
  entry_n   bigint      not null,
  facility  text        not null,
  at        timestamptz not null,
  pack      text        not null,
  change    text,
  commences date,
  before    text,
  after     text        not null,
  list      text        not null,
  examined  integer     not null,
  moved     integer     not null,
  earlier   integer     not null,
  later     integer     not null,
  refused   integer     not null,
  officer   uuid,
  constraint law_review_once primary key (entry_n)
);
create index law_review_of_pack on law_review (pack, after);
comment on table law_review is 'One row each law.review: who moves by a change of law was looked at. habeas replay rebuilds it.';

grant select, insert, delete on sentence_entry, sentence_case, sentence_date, law_review to habeas_app, habeas_sequencer;
