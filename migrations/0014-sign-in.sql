-- 0014-sign-in: who has signed in at the issuer, their sessions, their passkeys. Sign-in state, in no entry; whether an
-- officer is disabled follows from acts (officer_standing).
create table officer (
  id         uuid        not null,
  issuer     text        not null constraint officer_issuer_is_short check (char_length(issuer) between 1 and 500),
  subject    text        not null constraint officer_subject_is_short check (char_length(subject) between 1 and 255),
  label      text        not null constraint officer_label_is_short check (char_length(label) between 1 and 80),
  role       text        not null constraint officer_role_is_a_word check (role ~ '^[a-z][a-z-]{1,39}$'),
  facility   text        constraint officer_facility_is_a_code check (facility ~ '^[A-Z][A-Z0-9]{1,7}$'),
  first_seen timestamptz not null,
  last_seen  timestamptz not null,
  constraint officer_once primary key (id),
  constraint officer_one_for_a_subject unique (issuer, subject)
);
comment on table officer is 'Whoever has signed in. Rows are never deleted: an officer''s acts point at them.';
comment on column officer.subject is 'The issuer''s own name for the officer (OpenID Connect Core, sub).';
comment on column officer.label is 'A pseudonym (of. 0412), for people who list officers; no name.';
comment on column officer.role is 'As the issuer last claimed it. A session keeps the one that it began with.';

create table sign_in_session (
  id            uuid        not null,
  sha256        bytea       not null constraint sign_in_session_is_a_hash check (octet_length(sha256) = 32),
  officer       uuid        not null constraint sign_in_session_of_an_officer references officer (id),
  role          text        not null constraint sign_in_session_role_is_a_word check (role ~ '^[a-z][a-z-]{1,39}$'),
  facility      text        constraint sign_in_session_facility_is_a_code check (facility ~ '^[A-Z][A-Z0-9]{1,7}$'),
  language      text        constraint sign_in_session_language_known check (language in ('es', 'en')),
  created       timestamptz not null,
  authenticated timestamptz,
  last_used     timestamptz not null,
  ends          timestamptz not null,
  ended         timestamptz,
  agent         bytea       not null constraint sign_in_session_agent_is_a_hash check (octet_length(agent) = 32),
  constraint sign_in_session_once primary key (id),
  constraint sign_in_session_hash_once unique (sha256),
  constraint sign_in_session_ends_later check (ends > created)
);
create index sign_in_session_officer on sign_in_session (officer, created);
comment on table sign_in_session is 'Sessions by the SHA-256 of their cookie; the cookie itself is kept nowhere.';
comment on column sign_in_session.authenticated is 'When the officer proved who they are, where that was asked for anew (max_age).';
comment on column sign_in_session.ends is 'The last instant, however much it is used.';
comment on column sign_in_session.ended is 'Signed out, or ended by an administrator or the next sign-in.';
comment on column sign_in_session.agent is 'SHA-256 of the user agent: one''s own sessions can be told apart, nobody''s browser is kept.';

create table passkey (
  id         uuid        not null,
  credential bytea       not null constraint passkey_credential_is_short check (octet_length(credential) between 1 and 1023),
  officer    uuid        not null constraint passkey_of_an_officer references officer (id),
  public_key bytea       not null,
  counter    bigint      not null,
  transports text[]      not null,
  created    timestamptz not null,
  last_used  timestamptz,
  revoked    timestamptz,
  constraint passkey_once primary key (id),
  constraint passkey_credential_once unique (credential)
);
create index passkey_officer on passkey (officer);
comment on table passkey is 'Public halves of the officers'' passkeys (WebAuthn); for acts that a session alone does not carry.';
comment on column passkey.public_key is 'COSE key.';

create table step_up (
  id        uuid        not null,
  session   uuid        not null constraint step_up_of_a_session references sign_in_session (id),
  purpose   text        not null constraint step_up_purpose_known check (purpose in ('register', 'request')),
  challenge text        not null,
  request   bytea       constraint step_up_request_is_a_hash check (octet_length(request) = 32),
  created   timestamptz not null,
  sha256    bytea       constraint step_up_is_a_hash check (octet_length(sha256) = 32),
  answered  timestamptz,
  used      timestamptz,
  constraint step_up_once primary key (id),
  constraint step_up_hash_once unique (sha256),
  constraint step_up_binds_a_request check ((purpose = 'request') = (request is not null))
);
create index step_up_session on step_up (session, created);
comment on table step_up is 'Challenges to a passkey, each for one session and one request, answered and used once.';
comment on column step_up.request is 'SHA-256 of the request that it is for.';
comment on column step_up.sha256 is 'Of what the header habeas-step-up carries, once the challenge was answered.';

create table officer_standing (
  entry_n  bigint      not null,
  officer  uuid        not null,
  disabled boolean     not null,
  at       timestamptz not null,
  constraint officer_standing_once primary key (entry_n)
);
create index officer_standing_officer on officer_standing (officer, entry_n);
comment on table officer_standing is 'Projection of officer.disable and officer.enable; habeas replay rebuilds it. The last one holds.';
comment on column officer_standing.at is 'When it was recorded: sessions begun before are over for good.';

grant select, insert on officer, sign_in_session, passkey, step_up to habeas_app;
grant update (label, role, facility, last_seen) on officer to habeas_app;
grant update (last_used, ended) on sign_in_session to habeas_app;
grant update (counter, last_used, revoked) on passkey to habeas_app;
grant update (sha256, answered, used), delete on step_up to habeas_app;
grant select, insert, delete on officer_standing to habeas_app;
