-- Findings: a rule that fails or cannot be known, over a subject and a span, with its evidence.
-- Two tables, because a finding about a custody folds with that custody and goes when it is expunged; readers use the view.

create table finding_of_custody (
  finding       uuid      not null,
  rule          text      not null,
  severity      text      not null,
  state         text      not null,
  facility      text      not null,
  custody       uuid      not null,
  cause         text,
  people        integer,
  span          tstzrange not null,
  open_evidence  jsonb    not null,
  close_evidence jsonb,
  entry_n       bigint    not null,
  closed_n      bigint,
  constraint finding_of_custody_once primary key (custody, finding),
  constraint finding_of_custody_severity_known check (severity in ('S1', 'S2', 'S3', 'S4')),
  constraint finding_of_custody_state_known check (state in ('fail', 'unknown')),
  constraint finding_of_custody_open_is_unbounded check (upper_inf(span) or upper(span) <> 'infinity')
);
create index finding_of_custody_id on finding_of_custody (finding);
create index finding_of_custody_open on finding_of_custody (rule, facility) where closed_n is null;
comment on table finding_of_custody is 'Projection of finding.open and finding.close about one custody; habeas replay rebuilds it.';

create table finding_of_facility (
  finding       uuid      not null,
  rule          text      not null,
  severity      text      not null,
  state         text      not null,
  facility      text      not null,
  cause         text,
  people        integer,
  span          tstzrange not null,
  open_evidence  jsonb    not null,
  close_evidence jsonb,
  entry_n       bigint    not null,
  closed_n      bigint,
  constraint finding_of_facility_once primary key (facility, finding),
  constraint finding_of_facility_severity_known check (severity in ('S1', 'S2', 'S3', 'S4')),
  constraint finding_of_facility_state_known check (state in ('fail', 'unknown')),
  constraint finding_of_facility_open_is_unbounded check (upper_inf(span) or upper(span) <> 'infinity')
);
create index finding_of_facility_id on finding_of_facility (finding);
create index finding_of_facility_open on finding_of_facility (rule, facility) where closed_n is null;
comment on table finding_of_facility is 'Projection of finding.open and finding.close about a facility or the installation (HOUSE); habeas replay rebuilds it.';
comment on column finding_of_facility.people is 'People when it was opened; how many now is a query.';

create view finding as
  select finding, rule, severity, state, facility, custody, cause, people, span, open_evidence, close_evidence, entry_n, closed_n
  from finding_of_custody
  union all
  select finding, rule, severity, state, facility, null::uuid, cause, people, span, open_evidence, close_evidence, entry_n, closed_n
  from finding_of_facility;
comment on view finding is 'Every finding, open and closed.';

grant select, insert, delete on finding_of_custody, finding_of_facility to habeas_app, habeas_sequencer;
grant select on finding to habeas_app, habeas_sequencer;
