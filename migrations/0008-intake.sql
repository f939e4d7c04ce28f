-- Intake: what each source said of each custody, which files were taken, and how far a running import has come.

create table source_row (
  custody    uuid        not null,
  person     uuid,
  facility   text        not null,
  row_key    text        not null,
  admitted   timestamptz not null,
  first_seen date,
  last_seen  date,
  on_roster  boolean     not null,
  ended      boolean     not null,
  departed   timestamptz,
  history    jsonb       not null,
  file       text        not null,
  entry_n    bigint      not null,
  constraint source_row_once primary key (custody)
);
create index source_row_of_facility on source_row (facility, custody);
create index source_row_of_person on source_row (person, admitted);
comment on table source_row is 'Fold: what the sources said of a custody that an import began, sparse by day; habeas replay rebuilds it.';
comment on column source_row.history is '{field: [[day, value]]}, oldest first, a row only where the source began to say something else. Field roster: seen, gone.';
comment on column source_row.last_seen is 'As the source itself states it (stays); null for rosters.';
comment on column source_row.ended is 'The source states that the stay has ended.';
comment on column source_row.file is 'SHA-256 of the last file that said something new.';

create table import_file (
  entry_n  bigint      not null,
  facility text        not null,
  digest   text        not null,
  profile  text        not null,
  as_of    date,
  complete boolean     not null,
  counts   jsonb       not null,
  batch    uuid,
  at       timestamptz not null,
  constraint import_file_once primary key (entry_n)
);
create index import_file_of_facility on import_file (facility, as_of);
create index import_file_of_batch on import_file (batch);
comment on table import_file is 'One row a file that was imported to its end (import.complete). complete: it tells of everybody on its day.';

grant select, insert, delete on source_row, import_file to habeas_app, habeas_sequencer;

-- Not registers: how far an import has come, written in the transaction of each batch, so that it can go on from there.
create table import_progress (
  batch       uuid   not null,
  digest      text   not null,
  profile     text   not null,
  byte_offset bigint not null,
  line        bigint not null,
  counts      jsonb  not null,
  state       text   not null constraint import_progress_state_known check (state in ('rows', 'after-rows')),
  constraint import_progress_once primary key (batch)
);
comment on table import_progress is 'Work table, not a register: where an import that was stopped goes on.';

create table import_seen (
  batch   uuid not null,
  subject uuid not null,
  constraint import_seen_once primary key (batch, subject)
);
comment on table import_seen is 'Work table, emptied at the end of an import: the custodies of the file, and the persons of rejected rows. Logged on purpose: losing it in a crash would make everybody gone.';

create table import_stay (
  batch      uuid        not null,
  custody    uuid        not null,
  person     uuid        not null,
  admitted   timestamptz not null,
  first_seen date        not null,
  constraint import_stay_once primary key (batch, custody)
);
create index import_stay_of_person on import_stay (person, batch);
comment on table import_stay is 'Work table, emptied at the end of an import: the stays of the file, so that each can end in the batch that admits it.';

create table import_change (
  batch   uuid    not null,
  line    bigint  not null,
  custody uuid    not null,
  day     date    not null,
  field   text    not null,
  value   text    not null,
  row_key text    not null,
  taken   boolean not null,
  constraint import_change_once primary key (batch, line)
);
create index import_change_of_custody on import_change (batch, custody);
comment on table import_change is 'Work table, emptied at the end of an import: the changes of the second file, so that a stay comes with them. taken: entered with its stay.';

grant select, insert, update, delete on import_progress, import_seen, import_stay, import_change to habeas_app;
