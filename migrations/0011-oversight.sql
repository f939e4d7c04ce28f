-- Expunging and sealing: who may, what was ordered, and where the key of a sealed custody went.
do $$
begin
  create role habeas_expunger nologin;
exception when duplicate_object or unique_violation then null;
end $$;

create table keystore.sealed_key (
  subject       uuid     not null,
  version       smallint not null,
  owner         uuid,
  for_court     bytea    not null,
  for_oversight bytea    not null,
  constraint sealed_key_once primary key (subject)
);
comment on table keystore.sealed_key is 'Keys of sealed custodies, wrapped for the court and for oversight; the facility cannot open them.';

create table expunge_order (
  entry_n  bigint      not null,
  custody  uuid        not null,
  kind     text        not null,
  proposal uuid,
  at       timestamptz not null,
  constraint expunge_order_once primary key (entry_n),
  constraint expunge_order_kind_known check (kind in ('expunge.propose', 'record.expunge', 'record.seal', 'record.unseal'))
);
comment on table expunge_order is 'Projection of expunge.propose, record.expunge, record.seal and record.unseal: that it was ordered or done, and when; no content.';
grant select, insert, delete on expunge_order to habeas_app, habeas_sequencer;

-- The expunger does what the application does, and what nobody else may: change sealed blobs, exchange keys.
grant habeas_app to habeas_expunger;
grant update (sealed, staff, key_version) on entry to habeas_expunger;
grant delete on keystore.subject_key to habeas_expunger;
grant select, insert, delete on keystore.sealed_key to habeas_expunger;

-- The sequencer does what the application does, and gives places in the tree besides.
grant habeas_app to habeas_sequencer;
