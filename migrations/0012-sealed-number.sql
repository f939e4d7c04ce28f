-- The number of a sealed custody leaves the registers; whoever may know must still be told why nobody answers to it.
create table keystore.sealed_number (
  number_mac bytea not null,
  custody    uuid  not null,
  sealed_at  timestamptz not null,
  constraint sealed_number_once primary key (number_mac),
  constraint sealed_number_one_custody unique (custody)
);
comment on table keystore.sealed_number is 'HMAC-SHA256 of the register number of a sealed custody, under a key from the facility''s secrets: numbers are few, a plain digest could be tried out.';
grant select on keystore.sealed_number to habeas_app, habeas_sequencer;
grant insert, delete on keystore.sealed_number to habeas_expunger;
