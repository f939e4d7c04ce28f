-- Notices: what people outside the screen must hear of, to whom, by which way, and what became of it.

create table notice_address (
  entry_n  bigint      not null,
  proposal uuid        not null,
  role     text        not null,
  channel  text        not null constraint notice_address_channel_known check (channel in ('mail', 'webhook')),
  address  text        not null,
  proposed timestamptz not null,
  agreed   timestamptz,
  constraint notice_address_once primary key (entry_n)
);
create index notice_address_of_role on notice_address (role, channel, agreed);
comment on table notice_address is 'Fold of notice.propose and notice.agree: where oversight is reached. The last one that was agreed by oversight holds; until then the one before.';

create table notice_delivery (
  entry_n  bigint      not null,
  notice   uuid        not null,
  role     text        not null,
  channel  text        not null,
  outcome  text        not null constraint notice_delivery_outcome_known check (outcome in ('delivered', 'undelivered')),
  attempts integer     not null,
  at       timestamptz not null,
  constraint notice_delivery_once primary key (entry_n)
);
create index notice_delivery_of_notice on notice_delivery (notice);
comment on table notice_delivery is 'One row each notice.deliver. No address: where it went is sealed.';

grant select, insert, delete on notice_address, notice_delivery to habeas_app, habeas_sequencer;

-- Not registers: the outbox. What stands in it follows from findings that stand in the record.
create table notice (
  id        uuid        not null,
  role      text        not null,
  channel   text        not null constraint notice_channel_known check (channel in ('mail', 'webhook')),
  rules     jsonb       not null,
  findings  uuid[]      not null,
  count     integer     not null,
  made      timestamptz not null,
  attempts  integer     not null default 0,
  next_at   timestamptz not null,
  failure   text,
  late      boolean     not null default false,
  delivered timestamptz,
  constraint notice_once primary key (id)
);
create index notice_waiting on notice (next_at) where delivered is null;
comment on table notice is 'Outbox: one message to one recipient. No name and no text of a person: rules, ids of findings, how many.';
comment on column notice.rules is '{rule: how many findings}.';
comment on column notice.findings is 'At most 20 of them; the console has all.';
comment on column notice.failure is 'Why the last attempt failed, as a code; no address.';

create table notice_covers (
  finding uuid not null,
  role    text not null,
  channel text not null,
  notice  uuid not null,
  constraint notice_covers_once primary key (finding, role, channel),
  constraint notice_covers_notice foreign key (notice) references notice (id)
);
create index notice_covers_of_notice on notice_covers (notice);
comment on table notice_covers is 'Which findings somebody was told of: none is told twice, none is left out.';

grant select, insert, update on notice to habeas_app;
grant select, insert on notice_covers to habeas_app;
