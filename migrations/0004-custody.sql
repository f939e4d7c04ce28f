-- Custody: who is held, from when to when, where the body is, under which authorities, and what is missing.
-- All tables here are projections; habeas replay rebuilds them from the record.

create table custody (
  id              uuid        not null,
  person          uuid,
  facility        text        not null,
  register_number text        not null,
  held            tstzrange   not null,
  admitted        timestamptz not null,
  zone            text        not null,
  began_precision text        not null,
  ended_precision text,
  manner          text,
  received_under  text,
  departed_as     text        constraint custody_departed_as_known check (departed_as in ('release', 'transfer', 'death', 'escape', 'unknown', 'disputed')),
  orders_stated   boolean,
  batch           uuid,
  follows         uuid,
  disputed        boolean     not null,
  disputes        text[]      not null,
  admission_recorded timestamptz not null,
  departure_recorded timestamptz,
  entry_n         bigint      not null,
  departure_n     bigint,
  constraint custody_once primary key (id),
  constraint custody_over_time unique (id, held without overlaps),
  constraint custody_not_empty check (not isempty(held) and not lower_inf(held)),
  constraint custody_open_not_infinity check (upper(held) is distinct from 'infinity' and lower(held) <> '-infinity')
);
create index custody_of_facility on custody (facility, register_number, id);
create index custody_of_person on custody (person);
create index custody_by_number on custody (register_number);
comment on table custody is 'Fold of custody.admit, custody.recapture, custody.depart: one continuous deprivation of liberty, [admitted, left).';
comment on column custody.person is 'Absent where the section that names it was expunged.';
comment on column custody.register_number is 'Facility, year, running number: TEC-25-031208. Empty where the section that holds it was expunged.';
comment on column custody.disputes is 'Facts about its limits that cannot all be true: departed-before-admission, departures-differ, seen-after-departure.';
comment on column custody.admission_recorded is 'When the admission came into the record; later than the day it happened: late-recorded.';
comment on column custody.batch is 'What was admitted together, e.g. one imported file: findings are grouped by it.';

create table presence (
  custody   uuid      not null,
  facility  text      not null,
  span      tstzrange not null,
  state     text      not null constraint presence_state_known check (state in ('at', 'between', 'disputed', 'unknown')),
  place     uuid,
  whereabouts text,
  because   text      not null,
  precision text      not null,
  rivals    jsonb,
  entry_n   bigint    not null,
  constraint presence_over_time primary key (custody, span without overlaps),
  constraint presence_not_empty check (not isempty(span) and not lower_inf(span)),
  constraint presence_open_not_infinity check (upper(span) is distinct from 'infinity'),
  constraint presence_place_only_at check (place is null or state = 'at')
);
create index presence_at_place on presence (place) where place is not null;
create index presence_unknown on presence using gist (span) where state = 'unknown';
comment on table presence is 'Fold: where the body is, disjoint segments that cover the whole custody. Two bodies in one bunk are recorded, and are a finding.';
comment on column presence.facility is 'That of the custody: with it the roll is counted on this table alone, whatever the planner knows.';
comment on column presence.rivals is 'Where disputed: the statements that differ, [{state, place, where, entry}].';

-- Every moment of a custody has a presence. Deferred: both are rewritten in one transaction.
alter table custody add constraint custody_covered_by_presence
  foreign key (id, period held) references presence (custody, period span) deferrable initially deferred;

create table bunk_allocation (
  custody uuid      not null,
  bunk    uuid      not null,
  held    tstzrange not null,
  entry_n bigint    not null,
  constraint bunk_allocation_one_person primary key (bunk, held without overlaps),
  constraint bunk_allocation_open_not_infinity check (upper(held) is distinct from 'infinity' and not isempty(held))
);
create index bunk_allocation_of_custody on bunk_allocation (custody);
comment on table bunk_allocation is 'Fold of bunk.assign and bunk.vacate: which bunk is meant for whom. One person a bunk: an intention, refused as bunk-taken.';

create table responsibility (
  custody   uuid      not null,
  role      text      not null constraint responsibility_role_known check (role in ('ordered', 'supervises', 'runs')),
  stated_by text      not null,
  authority text      not null,
  state     text      not null,
  rivals    jsonb,
  span      tstzrange not null,
  entry_n   bigint    not null,
  constraint responsibility_over_time primary key (custody, role, stated_by, span without overlaps),
  constraint responsibility_open_not_infinity check (upper(span) is distinct from 'infinity' and not isempty(span))
);
create index responsibility_named_by_states on responsibility (role, stated_by, state) where stated_by <> 'register';
comment on table responsibility is 'Fold: three authorities (ICPPED 17(3)(c) to (e)), as each source states them, kept apart.';
comment on column responsibility.stated_by is 'The state that says so, or register: the register of admissions itself.';

create table completeness (
  custody uuid      not null,
  span    tstzrange not null,
  missing text[]    not null,
  entry_n bigint    not null,
  constraint completeness_over_time primary key (custody, span without overlaps),
  constraint completeness_open_not_infinity check (upper(span) is distinct from 'infinity' and not isempty(span))
);
comment on table completeness is 'Fold: which fields of ICPPED 17(3) and Mandela 7 the register lacks, one row a change. Codes: src/custody/fields.ts.';

create table classification (
  custody uuid      not null,
  field   text      not null constraint classification_field_known check (field in ('level', 'status')),
  value   text      not null,
  span    tstzrange not null,
  entry_n bigint    not null,
  constraint classification_over_time primary key (custody, field, span without overlaps),
  constraint classification_open_not_infinity check (upper(span) is distinct from 'infinity' and not isempty(span))
);
comment on table classification is 'Fold of custody.classify: level and status as the running authority or a source gives them.';

create table deprivation (
  entry_n   bigint not null,
  custody   uuid   not null,
  at        timestamptz,
  precision text,
  zone      text,
  whereabouts text,
  by_authority text,
  by_state  text,
  grounds   text,
  constraint deprivation_once primary key (entry_n)
);
create index deprivation_of_custody on deprivation (custody);
comment on table deprivation is 'One row an admission: when, where and by whom the person was deprived of liberty (ICPPED 17(3)(b)); any part may be missing.';

create table departure (
  entry_n      bigint      not null,
  custody      uuid        not null,
  at           timestamptz not null,
  precision    text        not null,
  zone         text        not null,
  departed_as  text,
  authority    text,
  state        text,
  legal_order  uuid,
  destination  text,
  verification text,
  death        jsonb,
  reason       text,
  source       text,
  recorded     timestamptz not null,
  constraint departure_once primary key (entry_n)
);
create index departure_of_custody on departure (custody);
comment on table departure is 'One row each custody.depart, contradicting ones too (ICPPED 17(3)(g), (h)).';
comment on column departure.source is 'SHA-256 of the imported file that says so.';

create table health_element (
  entry_n   bigint      not null,
  custody   uuid        not null,
  at        timestamptz not null,
  examined  timestamptz,
  fitness   text,
  needs     text[]      not null,
  injuries_recorded      boolean,
  ill_treatment_complaint boolean,
  constraint health_element_once primary key (entry_n)
);
create index health_element_of_custody on health_element (custody);
comment on table health_element is 'Elements of the state of health (ICPPED 17(3)(f), Mandela 7(d)): that they exist, never a diagnosis; medical detail stays sealed.';

create table property_item (
  entry_n  bigint      not null,
  position integer     not null,
  custody  uuid        not null,
  at       timestamptz not null,
  what     text        not null,
  quantity integer     not null,
  held     text        not null,
  constraint property_item_once primary key (entry_n, position)
);
create index property_item_of_custody on property_item (custody);
comment on table property_item is 'One row an item of property.list (Mandela 7(e)). The last list of a custody is the inventory.';

create table custody_child (
  entry_n   bigint  not null,
  position  integer not null,
  custody   uuid    not null,
  age_years numeric not null,
  whereabouts text  not null,
  guardian  text,
  constraint custody_child_once primary key (entry_n, position)
);
create index custody_child_of_custody on custody_child (custody);
comment on table custody_child is 'Children of the person, held with them or not (Mandela 7(f)).';

create table note (
  entry_n   bigint      not null,
  custody   uuid        not null,
  at        timestamptz not null,
  precision text        not null,
  text      text        not null,
  constraint note_once primary key (entry_n)
);
create index note_of_custody on note (custody);
comment on table note is 'One row each note.add.';

create table claim (
  entry_n  bigint      not null,
  position integer     not null,
  custody  uuid        not null,
  at       timestamptz not null,
  label    text        not null,
  value    text        not null,
  source   text        not null,
  constraint claim_once primary key (entry_n, position)
);
create index claim_of_custody on claim (custody);
comment on table claim is 'What a source says without evidence. Kept as said; never a membership, a filter or an input to placement.';

grant select, insert, delete on custody, presence, bunk_allocation, responsibility, completeness, classification, deprivation,
  departure, health_element, property_item, custody_child, note, claim to habeas_app, habeas_sequencer;
