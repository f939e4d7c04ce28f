-- Law: orders, and what covers each moment of a custody. Projections of entries; habeas replay rebuilds them.

create table legal_order (
  custody       uuid        not null,
  order_id      uuid        not null,
  kind          text        not null,
  issuer        text        not null,
  issuer_state  text        not null,
  provision     text,
  case_number   text,
  document      text,
  provisional   boolean     not null,
  begins        timestamptz not null,
  ends          timestamptz,
  end_stated    boolean     not null,
  ended_as      text,
  disputes      jsonb       not null,
  entry_n       bigint      not null,
  ended_n       bigint,
  constraint legal_order_once primary key (custody, order_id),
  constraint legal_order_ended_known check (ended_as in ('quashed', 'executed', 'superseded', 'lifted')),
  constraint legal_order_open_is_unbounded check (begins <> 'infinity' and ends <> 'infinity')
);
comment on table legal_order is 'Projection of the orders of a custody: papers, ends, contests. habeas replay rebuilds it.';
comment on column legal_order.ends is 'First instant no longer covered, by the paper or by what ended it. Null: open. Not after begins: it never covered.';
comment on column legal_order.document is 'SHA-256 of the paper, lower-case hexadecimal.';
comment on column legal_order.disputes is '[{from, to}] instants: when it was contested, each until it was upheld; no to: still is.';

create table basis (
  custody  uuid      not null,
  facility text      not null,
  span     tstzrange not null,
  state    text      not null,
  cause    text      not null,
  orders   text[]    not null,
  entry_n  bigint    not null,
  constraint basis_one_state primary key (custody, span without overlaps),
  constraint basis_state_known check (state in ('order', 'disputed', 'unknown', 'lapse')),
  constraint basis_cause_known check (cause in ('covered', 'contested', 'end-not-stated', 'orders-not-stated', 'admitted-without-order', 'order-ended')),
  constraint basis_open_is_unbounded check (upper_inf(span) or upper(span) <> 'infinity')
);
create index basis_not_order on basis using gist (span) where state <> 'order';
comment on table basis is 'What covers each moment of a custody, from admission to departure or without end. habeas replay rebuilds it.';

-- Every moment of a custody has a basis row, whatever it says. Only the reference is deferred: an overlap key that it
-- refers to may not be, so rows are deleted first and inserted in time order.
alter table custody add constraint custody_basis_covers
  foreign key (id, period held) references basis (custody, period span) deferrable initially deferred;

grant select, insert, delete on legal_order, basis to habeas_app, habeas_sequencer;
