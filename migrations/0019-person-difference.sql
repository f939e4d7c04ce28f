-- 0019-person-difference: who was told apart, so that a pair of namesakes is not asked about for ever.
create table person_difference (
  person   uuid        not null,
  other    uuid        not null,
  entry_n  bigint      not null,
  since    timestamptz not null,
  evidence text        not null,
  constraint person_difference_once primary key (person, other, entry_n),
  constraint person_difference_of_two check (person <> other)
);
comment on table person_difference is 'Two persons found not to be one: a row in each direction. Reversible: entry.withdraw lists the pair again.';

grant select, insert, delete on person_difference to habeas_app, habeas_sequencer;
