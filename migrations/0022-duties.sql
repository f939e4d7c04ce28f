-- Duties: what is owed to somebody, by when, and whether it was done. Projections of entries; habeas replay rebuilds them.
-- Two tables, because a duty about a custody folds with that custody and goes when it is expunged; readers use the view.

create table duty_of_custody (
  custody    uuid        not null,
  duty       uuid        not null,
  facility   text        not null,
  rule       text        not null,
  item       text        not null,
  owed_from  timestamptz not null,
  due        timestamptz not null,
  settled    timestamptz,
  settled_as text,
  settled_n  bigint,
  unknown    text,
  cause      text,
  readings   jsonb,
  entry_n    bigint      not null,
  constraint duty_of_custody_once primary key (custody, duty),
  constraint duty_of_custody_settled_whole check ((settled is null) = (settled_as is null) and (settled is null) = (settled_n is null)),
  constraint duty_of_custody_settled_known check (settled_as in ('done', 'ended')),
  constraint duty_of_custody_open_is_unbounded check (settled <> 'infinity' and due <> 'infinity')
);
-- Whatever can be late at some instant: still owed, or settled after it was due. What was done in time stays out.
create index duty_of_custody_late on duty_of_custody (rule, due) include (facility, settled, custody, unknown, cause)
  where settled is null or settled > due;
comment on table duty_of_custody is 'Projection of what is owed about one custody; late is a query at an instant. habeas replay rebuilds it.';
comment on column duty_of_custody.item is 'Tells two duties of one rule apart: an order, a petition, a departure. Empty where a custody has one.';
comment on column duty_of_custody.due is 'The earliest instant that the facts and the readings of the law allow.';
comment on column duty_of_custody.settled_as is 'done: an entry shows it. ended: owed no longer, though it was not done. After due it was late, and stays so.';
comment on column duty_of_custody.unknown is 'What is not known, so that nobody can say whether it is owed or was done. Null: it is.';
comment on column duty_of_custody.cause is 'Import or mass act (and the day, for what was not late when recorded) that it has in common with others. Null: it stands alone.';
comment on column duty_of_custody.readings is '[{counts, due}] each way to count, where no source fixes one.';

create table duty_of_facility (
  duty       uuid        not null,
  facility   text        not null,
  rule       text        not null,
  item       text        not null,
  owed_from  timestamptz not null,
  due        timestamptz not null,
  settled    timestamptz,
  settled_as text,
  settled_n  bigint,
  unknown    text,
  cause      text,
  readings   jsonb,
  entry_n    bigint      not null,
  constraint duty_of_facility_once primary key (facility, duty),
  constraint duty_of_facility_settled_whole check ((settled is null) = (settled_as is null) and (settled is null) = (settled_n is null)),
  constraint duty_of_facility_settled_known check (settled_as in ('done', 'ended')),
  constraint duty_of_facility_open_is_unbounded check (settled <> 'infinity' and due <> 'infinity')
);
comment on table duty_of_facility is 'Projection of what a facility or the installation (HOUSE) owes itself: refused acts of devices, silent parts. habeas replay rebuilds it.';

create view duty as
  select custody, duty, facility, rule, item, owed_from, due, settled, settled_as, settled_n, unknown, cause, readings, entry_n
  from duty_of_custody
  union all
  select null::uuid, duty, facility, rule, item, owed_from, due, settled, settled_as, settled_n, unknown, cause, readings, entry_n
  from duty_of_facility;
comment on view duty is 'Every duty, settled or not.';

create table duty_miss (
  entry_n  bigint      not null,
  facility text        not null,
  custody  uuid,
  rule     text        not null,
  duty     uuid,
  cause    text,
  due      timestamptz not null,
  people   integer,
  constraint duty_miss_once primary key (entry_n),
  constraint duty_miss_one_or_many check ((duty is null) <> (cause is null))
);
create index duty_miss_of_cause on duty_miss (rule, cause) where cause is not null;
create index duty_miss_of_duty on duty_miss (duty) where duty is not null;
comment on table duty_miss is 'Projection of duty.miss: of one duty, or of those of one cause together; habeas replay rebuilds it.';

grant select, insert, delete on duty_of_custody, duty_of_facility, duty_miss to habeas_app, habeas_sequencer;
grant select on duty to habeas_app, habeas_sequencer;
