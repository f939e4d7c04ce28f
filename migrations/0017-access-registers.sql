-- 0017-access-registers: whose people they are, who opened what was closed, who looked, and by which policies.
-- All tables here are projections; habeas replay rebuilds them from the record.

create table access_grant (
  entry_n  bigint    not null,
  grant_id uuid      not null,
  custody  uuid      not null,
  officer  uuid      not null,
  role     text      not null constraint access_grant_role_known check (role in ('counsel', 'family', 'sending-state')),
  span     tstzrange not null,
  constraint access_grant_once primary key (entry_n),
  constraint access_grant_over_time check (not isempty(span) and not lower_inf(span) and upper(span) is distinct from 'infinity')
);
create index access_grant_of_officer on access_grant (officer, custody);
create index access_grant_of_custody on access_grant (custody);
comment on table access_grant is 'Fold of access.grant and access.revoke: whose client, relative or own national a person in custody is. Only such custodies are seen by these roles.';
comment on column access_grant.span is 'From when it was recorded until its revocation was: access has no past.';
comment on column access_grant.grant_id is 'The entry of the grant, by which it is revoked.';

create table access_desk (
  entry_n  bigint    not null,
  grant_id uuid      not null,
  officer  uuid      not null,
  state    text      not null,
  span     tstzrange not null,
  constraint access_desk_once primary key (entry_n),
  constraint access_desk_over_time check (not isempty(span) and not lower_inf(span) and upper(span) is distinct from 'infinity')
);
create index access_desk_of_officer on access_desk (officer);
comment on table access_desk is 'Fold of access.grant and access.revoke about a state: its desk sees whom that state ordered held, or says that it supervises.';

create table glass_broken (
  entry_n bigint    not null,
  custody uuid      not null,
  facility text     not null,
  officer uuid      not null,
  span    tstzrange not null,
  constraint glass_broken_once primary key (entry_n)
);
create index glass_broken_of_officer on glass_broken (officer, custody);
create index glass_broken_over_time on glass_broken using gist (span);
comment on table glass_broken is 'Projection of access.break-glass: for so long the officer opens what the policy break-glass names, of this custody.';

create table access_read (
  entry_n  bigint      not null,
  custody  uuid,
  facility text        not null,
  apart    boolean     not null,
  officer  uuid        not null,
  role     text        not null,
  what     text        not null,
  route    text        not null,
  looks    integer     not null,
  people   integer,
  filter   text,
  since    timestamptz not null,
  until    timestamptz not null,
  issued   jsonb,
  constraint access_read_once primary key (entry_n)
);
create index access_read_of_custody on access_read (custody, since) where custody is not null;
create index access_read_of_facility on access_read (facility, since);
comment on table access_read is 'Projection of access.read and return.issue (and of both, apart): who looked at what, how often. Never what was seen, never a name.';
comment on column access_read.apart is 'By oversight, court, counsel, family, a state''s desk or health staff: told to oversight and the auditor alone.';
comment on column access_read.people is 'How many rows a list or a search answered; null for one file.';
comment on column access_read.filter is 'Keyed digest (HMAC-SHA-256) of what was asked for, so that the same question is known again and no name can be guessed from it.';
comment on column access_read.issued is 'For a return: {audience, at, known, digest of the file}.';

create table policy_file (
  entry_n bigint not null,
  file    text   not null,
  sha256  text   constraint policy_file_digest_is_sha256 check (sha256 ~ '^[0-9a-f]{64}$'),
  constraint policy_file_once primary key (entry_n, file)
);
comment on table policy_file is 'Projection of policy.change: the policies by which it was decided from then on; no digest: the file is gone.';

grant select, insert, delete on access_grant, access_desk, glass_broken, access_read, policy_file
  to habeas_app, habeas_sequencer;
