-- 0021-orders: the ledger of orders: kinds that let go or decide, clocks, receipt and verification, the end of title,
-- and the registers of authorities and statutes by which an order is judged. Projections; the next start makes them anew.

alter table legal_order
  add column holds         boolean not null default true,
  add column authority     uuid,
  add column territory     text,
  add column statute       uuid,
  add column charges       text[],
  add column issued        timestamptz,
  add column paper_ends    timestamptz,
  add column clock         jsonb,
  add column ended_by      uuid,
  add column final         boolean,
  add column against       jsonb,
  add column effect        text,
  add column heard         timestamptz,
  add column received_how  text,
  add column received_by   text,
  add column paper_arrived timestamptz,
  add column verified      timestamptz,
  add column authentic     boolean,
  add column conditions    jsonb,
  drop constraint legal_order_ended_known,
  add constraint legal_order_ended_known check (ended_as in ('quashed', 'executed', 'superseded', 'lifted', 'released', 'bailed', 'ended-on-appeal', 'replaced-on-appeal', 'not-authentic'));
comment on column legal_order.holds is 'Whether its kind can cover a moment; an order to release or to produce, a decision about others never does.';
comment on column legal_order.authority is 'Of the register of authorities. Null: nobody can say whether the issuer was empowered.';
comment on column legal_order.statute is 'Of the register of statutes. Null: nobody can say whether the provision was in force.';
comment on column legal_order.issued is 'The paper''s own date, at which issuer and provision are judged; where none is stated, its beginning.';
comment on column legal_order.paper_ends is 'The end by the paper or its clock alone, whatever ended it before.';
comment on column legal_order.clock is '{after, from, zone, firstDay, source}: an end that is counted. Null: named, open or not stated.';
comment on column legal_order.ended_by is 'The order that ended it: to release, bail, quashing, a decision on appeal.';
comment on column legal_order.final is 'Of a sentence: no ordinary appeal is left. Null: nobody has said.';
comment on column legal_order.against is '"all" or ids of orders: what a release, bail, quashing or decision is about.';
comment on column legal_order.heard is 'When the place first heard of it, on paper or otherwise.';
comment on column legal_order.document is 'SHA-256 of the paper, lower-case hexadecimal; of the paper that arrived last.';
comment on column legal_order.paper_arrived is 'When the paper of a provisional order arrived. Null: it has not, or the order was never provisional.';
comment on column legal_order.verified is 'Since when it has been found authentic. Null: nobody looked, or it was found not to be.';
comment on column legal_order.authentic is 'What the last look found. Null: nobody looked.';
comment on column legal_order.conditions is '[{kind, says, from, until, begins, ends, document}]: begins and ends are instants.';
create index legal_order_told_only on legal_order (custody) where provisional;
create index legal_order_lets_go on legal_order (heard) where kind in ('release', 'bail');

alter table basis
  add column title_ends timestamptz,
  drop constraint basis_cause_known,
  add constraint basis_cause_known check (cause in ('covered', 'contested', 'end-not-stated', 'orders-not-stated', 'admitted-without-order', 'order-ended', 'release-ordered', 'not-authentic')),
  add constraint basis_title_of_order check (title_ends is null or state = 'order');
comment on column basis.title_ends is 'Of order: where the union of the standing orders ends, whether the person left before or not. Null: until further order.';
create index basis_title_ends on basis (title_ends) where title_ends is not null;

create table order_event (
  entry_n   bigint      not null,
  custody   uuid        not null,
  order_id  uuid        not null,
  what      text        not null,
  at        timestamptz not null,
  precision text        not null,
  recorded  timestamptz not null,
  by        text,
  detail    jsonb       not null,
  constraint order_event_once primary key (entry_n)
);
create index order_event_of_order on order_event (custody, order_id);
comment on table order_event is 'One row each order.record, order.end, order.dispute, order.uphold, order.verify, order.receive.';
comment on column order_event.by is 'Who ordered, contested, upheld, answered for it or brought it, as the entry says.';

create table authority (
  id          uuid   not null,
  name        text   not null,
  state       text   not null,
  territories text[] not null,
  source      text   not null,
  document    text,
  ends        timestamptz,
  entry_n     bigint not null,
  constraint authority_once primary key (id)
);
comment on table authority is 'Fold of authority.record and authority.end: bodies that may issue orders, as last recorded.';
comment on column authority.territories is 'Parts of the state in which it may issue them; none: all of it.';

create table authority_power (
  authority uuid      not null,
  kind      text      not null,
  span      tstzrange not null,
  entry_n   bigint    not null,
  constraint authority_power_over_time primary key (authority, kind, span without overlaps),
  constraint authority_power_open_not_infinity check (upper(span) is distinct from 'infinity' and not isempty(span))
);
comment on table authority_power is 'Fold: of which kinds of orders an authority may issue, from when to when.';

create table statute (
  id       uuid   not null,
  state    text   not null,
  title    text   not null,
  article  text,
  kinds    text[] not null,
  source   text   not null,
  document text,
  ends     timestamptz,
  entry_n  bigint not null,
  constraint statute_once primary key (id)
);
comment on table statute is 'Fold of statute.record and statute.end: provisions by which somebody may be held, as last recorded.';

create table statute_force (
  statute uuid      not null,
  span    tstzrange not null,
  entry_n bigint    not null,
  constraint statute_force_over_time primary key (statute, span without overlaps),
  constraint statute_force_open_not_infinity check (upper(span) is distinct from 'infinity' and not isempty(span))
);
comment on table statute_force is 'Fold: when a provision is in force; several rows where it was suspended or came back.';

grant select, insert, delete on order_event, authority, authority_power, statute, statute_force to habeas_app, habeas_sequencer;
