-- People: names, what is known of who somebody is, and which persons were found to be one.
-- All tables here are projections; habeas replay rebuilds them from the record.

create table person_name (
  entry_n    bigint    not null,
  position   integer   not null,
  person     uuid      not null,
  use        text      not null constraint person_name_use_known check (use in ('recorded', 'alias', 'corrected', 'self')),
  given      text,
  family1    text,
  family2    text,
  written    text,
  words      text[]    not null,
  name_key   text      not null,
  span       tstzrange not null,
  constraint person_name_once primary key (entry_n, position),
  constraint person_name_open_not_infinity check (upper(span) is distinct from 'infinity' and not isempty(span))
);
create index person_name_of_person on person_name (person);
create index person_name_words on person_name using gin (words);
create index person_name_key on person_name (name_key);
comment on table person_name is 'Fold: every name a person was ever given, from the fact until replaced. A name no longer current stays searchable.';
comment on column person_name.words is 'The parts of the name, without accents and case, each once, sorted.';
comment on column person_name.name_key is 'words in one text: equal for namesakes, whatever the order of the parts.';

create table person_fact (
  person   uuid      not null,
  aspect   text      not null constraint person_fact_aspect_known check (aspect in ('birth', 'sex', 'gender', 'nationalities', 'languages', 'unnamed')),
  value    jsonb     not null,
  disputed boolean   not null,
  span     tstzrange not null,
  entry_n  bigint    not null,
  constraint person_fact_over_time primary key (person, aspect, span without overlaps),
  constraint person_fact_open_not_infinity check (upper(span) is distinct from 'infinity' and not isempty(span))
);
create index person_fact_birth on person_fact ((value ->> 'date')) where aspect = 'birth';
comment on table person_fact is 'Fold: the last fact of an aspect holds. Contradicting birth dates: value.others has the earlier ones, disputed is true.';

create table person_identifier (
  entry_n  bigint    not null,
  position integer   not null,
  person   uuid      not null,
  scheme   text      not null,
  issuer   text      not null,
  value    text      not null,
  span     tstzrange not null,
  constraint person_identifier_once primary key (entry_n, position),
  constraint person_identifier_open_not_infinity check (upper(span) is distinct from 'infinity' and not isempty(span))
);
create index person_identifier_of_person on person_identifier (person);
create index person_identifier_value on person_identifier (value, scheme, issuer);
comment on table person_identifier is 'Fold: numbers that bodies gave a person; a new value of the same scheme and issuer ends the earlier one.';

create table person_photograph (
  entry_n    bigint      not null,
  person     uuid        not null,
  at         timestamptz not null,
  digest     text        not null,
  media_type text        not null,
  bytes      integer     not null,
  constraint person_photograph_once primary key (entry_n)
);
create index person_photograph_of_person on person_photograph (person);
comment on table person_photograph is 'Photographs by SHA-256; the pictures lie encrypted in the file store.';

create table person_mark (
  entry_n     bigint      not null,
  person      uuid        not null,
  at          timestamptz not null,
  whereabouts text        not null,
  looks       text        not null,
  constraint person_mark_once primary key (entry_n)
);
create index person_mark_of_person on person_mark (person);
comment on table person_mark is 'Marks serve identification only: no meaning is recorded, nothing filters or places by them.';

create table person_need (
  entry_n bigint      not null,
  person  uuid        not null,
  at      timestamptz not null,
  need    text        not null,
  asks    text,
  constraint person_need_once primary key (entry_n)
);
create index person_need_of_person on person_need (person);
comment on table person_need is 'Needs and disability: that they exist and what they ask of the place; no diagnosis.';

create table person_contact (
  entry_n  bigint      not null,
  person   uuid        not null,
  at       timestamptz not null,
  role     text        not null,
  name     text        not null,
  relation text,
  reach    text,
  constraint person_contact_once primary key (entry_n)
);
create index person_contact_of_person on person_contact (person);
comment on table person_contact is 'Next of kin, counsel, emergency contact (Mandela 7(g)).';

create table person_link (
  person   uuid        not null,
  same     uuid        not null,
  entry_n  bigint      not null,
  since    timestamptz not null,
  evidence text        not null,
  constraint person_link_once primary key (person, same, entry_n),
  constraint person_link_of_two check (person <> same)
);
comment on table person_link is 'Two persons found to be one: a row in each direction. Reversible: entry.withdraw parts them.';

grant select, insert, delete on person_name, person_fact, person_identifier, person_photograph, person_mark, person_need,
  person_contact, person_link to habeas_app, habeas_sequencer;
