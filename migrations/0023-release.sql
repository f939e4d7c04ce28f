-- 0023-release: the way from an order to let somebody go to the gate. Projections of entries; habeas replay rebuilds them.

create table release_clock (
  custody         uuid        not null,
  facility        text        not null,
  order_id        uuid        not null,
  kind            text        not null,
  received        timestamptz not null,
  starts          timestamptz not null,
  verified        timestamptz,
  verified_n      bigint,
  identity        timestamptz,
  identity_means  text,
  identity_n      bigint,
  others          timestamptz,
  others_found    boolean,
  others_n        bigint,
  authorised      timestamptz,
  authorised_n    bigint,
  gate            timestamptz,
  left_as         text,
  gate_n          bigint,
  over            timestamptz,
  over_as         text,
  over_n          bigint,
  checks          jsonb       not null,
  later           jsonb       not null,
  entry_n         bigint      not null,
  constraint release_clock_once primary key (custody, order_id),
  constraint release_clock_stops_after_it_starts check (gate > starts and over > starts),
  constraint release_clock_open_is_unbounded check (gate <> 'infinity' and over <> 'infinity')
);
-- What runs, and what stopped lately: few of all custodies ever have a row.
create index release_clock_runs on release_clock (facility, starts) where gate is null and over is null;
create index release_clock_gate on release_clock (facility, gate) where gate is not null;
comment on table release_clock is 'Fold of the orders of a custody, release.check, release.authorise, custody.depart: one row each order that lets the person go. habeas replay rebuilds it.';
comment on column release_clock.received is 'When the place first heard of it, on paper or otherwise.';
comment on column release_clock.starts is 'From when time counts: the receipt, or later where the order itself says so.';
comment on column release_clock.identity is 'Since when a second means says that this is the person. Null: none does.';
comment on column release_clock.others is 'When somebody first looked for what else holds the person.';
comment on column release_clock.over is 'When the order itself ceased to stand, though nobody had left.';
comment on column release_clock.checks is '[{at, check, means, result, by, found, n}] in the order in which they were made.';
comment on column release_clock.later is '[{order, heard, n}] orders to hold that the place heard of after it.';

create table release_conflict (
  custody    uuid      not null,
  facility   text      not null,
  release_id uuid      not null,
  order_id   uuid      not null,
  span       tstzrange not null,
  entry_n    bigint    not null,
  constraint release_conflict_over_time primary key (custody, release_id, order_id, span without overlaps),
  constraint release_conflict_open_not_infinity check (upper(span) is distinct from 'infinity' and not isempty(span))
);
create index release_conflict_when on release_conflict using gist (span);
comment on table release_conflict is 'Fold: when an order that is verified, on paper and contested by nobody stands beside an order to let go. Whether its issuer is empowered stands in authority_power.';

grant select, insert, delete on release_clock, release_conflict to habeas_app, habeas_sequencer;
