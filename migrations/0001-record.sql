-- The record: entries, the tree over them, the queue between, the subjects that are locked and numbered, the keys.
create extension if not exists btree_gist;

-- Roles belong to the whole server; two databases may be migrated at once.
do $$
declare role_name text;
begin
  foreach role_name in array array['habeas_app', 'habeas_sequencer'] loop
    begin
      execute format('create role %I nologin', role_name);
    exception when duplicate_object or unique_violation then null;
    end;
  end loop;
end $$;

create table subject (
  id       uuid    not null,
  kind     text    not null constraint subject_kind_known check (kind in ('custody', 'person', 'facility', 'officer', 'bunk')),
  facility text    not null,
  person   uuid,
  nth      integer not null default 0 constraint subject_nth_counts_up check (nth >= 0),
  key_version smallint not null default 0,
  constraint subject_once primary key (id)
) with (fillfactor = 80);
create index subject_person on subject (person) where person is not null;
comment on table subject is 'What acts lock: one row a custody, person, bunk, facility, officer. nth is the number of the custody''s last entry.';
comment on column subject.key_version is 'Goes up when the subject''s key is exchanged (expunging): a process that holds the old key sees it under the lock.';

create sequence entry_n;
comment on sequence entry_n is 'Order in the record per subject. Has gaps: never count with it.';

create table entry (
  n        bigint      not null,
  id       uuid        not null,
  kind     text        not null,
  v        smallint    not null,
  facility text        not null,
  custody  uuid,
  nth      integer,
  officer  uuid        not null,
  recorded timestamptz not null,
  envelope bytea       not null,
  sealed   bytea       not null,
  staff    bytea       not null,
  act      uuid        not null,
  act_part integer     not null,
  act_mac  bytea       not null,
  batch    uuid,
  amends   uuid,
  key_version smallint not null default 0,
  constraint entry_n_once primary key (n),
  constraint entry_id_once unique (id),
  constraint entry_act_once unique (act, act_part),
  constraint entry_nth_once unique (custody, nth),
  constraint entry_nth_with_custody check ((custody is null) = (nth is null))
);
create index entry_of_facility on entry (facility, kind) where custody is null;
create index entry_amends on entry (amends) where amends is not null;
alter table entry alter column sealed set storage external, alter column staff set storage external, alter column envelope set storage external;
comment on table entry is 'One row an entry, never updated. envelope: JCS bytes, hashed as stored. sealed, staff: nonce (12), AES-256-GCM ciphertext, tag (16) of the disclosures under the key of the subject and of the officer.';
comment on column entry.act is 'The client''s id of the act; never in the envelope.';

create table pending (n bigint not null);
comment on table pending is 'Entries not yet in the tree. Without a key on purpose: drained whole, under the sequencer''s lock.';

create table leaf (
  idx bigint not null,
  n   bigint not null,
  constraint leaf_index_once primary key (idx),
  constraint leaf_entry_once unique (n)
);
comment on table leaf is 'Place of each entry in the tree (RFC 6962).';

create table tile (
  level  smallint not null,
  idx    bigint   not null,
  hashes bytea    not null,
  constraint tile_once primary key (level, idx)
);
alter table tile alter column hashes set storage external;
comment on table tile is 'C2SP tlog-tiles: up to 256 hashes of 32 bytes; a partial tile is a prefix that grows.';

create table checkpoint (
  size bigint      not null,
  root bytea       not null,
  note text        not null,
  at   timestamptz not null,
  constraint checkpoint_size_once primary key (size)
);
comment on table checkpoint is 'Signed tree heads (C2SP tlog-checkpoint), one a size.';

create table cosignature (
  size    bigint      not null,
  witness text        not null,
  line    text        not null,
  at      timestamptz not null,
  constraint cosignature_once primary key (size, witness),
  constraint cosignature_of_checkpoint foreign key (size) references checkpoint (size)
);
comment on table cosignature is 'What witnesses said of a checkpoint (C2SP tlog-cosignature).';

create table register_counter (
  facility text    not null,
  year     integer not null,
  last     integer not null,
  constraint register_counter_once primary key (facility, year)
);
comment on table register_counter is 'Last running number of the register of admissions, for each facility and year.';

create schema keystore;
comment on schema keystore is 'Wrapped keys, apart from what they open: backed up apart, with a short retention.';

create table keystore.epoch_key (
  id            uuid        not null,
  begun         timestamptz not null,
  for_facility  bytea       not null,
  for_oversight bytea       not null,
  constraint epoch_key_once primary key (id)
);
comment on table keystore.epoch_key is 'Each hour a random key, wrapped twice: for the facility and for the oversight body.';

create table keystore.subject_key (
  subject uuid     not null,
  version smallint not null default 0,
  epoch   uuid     not null,
  wrapped bytea    not null,
  owner   uuid,
  constraint subject_key_once primary key (subject)
);
create index subject_key_owned on keystore.subject_key (owner) where owner is not null;
comment on column keystore.subject_key.owner is 'The custody whose file this key opens; files have keys of their own, so that one can go alone.';
comment on table keystore.subject_key is 'Random data key of a subject, wrapped under its epoch key: nonce (12), ciphertext (32), tag (16). Without a foreign key: each admission would lock the hour''s one epoch row, and a key that lacks its epoch is named by the audit.';

grant select, insert, update on subject, register_counter to habeas_app, habeas_sequencer;
grant usage on sequence entry_n to habeas_app, habeas_sequencer;
grant select, insert on entry, pending to habeas_app, habeas_sequencer;
grant select on leaf, tile, checkpoint, cosignature to habeas_app;
grant select, insert on leaf, checkpoint, cosignature to habeas_sequencer;
grant select, insert, update on tile to habeas_sequencer;
grant delete on pending to habeas_sequencer;
grant usage on schema keystore to habeas_app, habeas_sequencer;
grant select, insert on keystore.epoch_key, keystore.subject_key to habeas_app, habeas_sequencer;
