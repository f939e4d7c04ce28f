-- 0007-access: sign-in state. Tokens are not acts and stand in no entry; what is done with them is.
create table access_token (
  id       uuid        not null,
  sha256   bytea       not null constraint access_token_is_a_hash check (octet_length(sha256) = 32),
  officer  uuid        not null,
  label    text        constraint access_token_label_is_short check (char_length(label) between 1 and 80),
  role     text        not null constraint access_token_role_known
                       check (role in ('registrar', 'court', 'oversight', 'auditor', 'administrator', 'service')),
  facility text        constraint access_token_facility_is_a_code check (facility ~ '^[A-Z][A-Z0-9]{1,7}$'),
  created  timestamptz not null,
  expires  timestamptz not null,
  revoked  timestamptz,
  constraint access_token_once primary key (id),
  constraint access_token_hash_once unique (sha256),
  constraint access_token_expires_later check (expires > created)
);
create index access_token_label on access_token (label) where label is not null;
comment on table access_token is 'Bearer tokens by their SHA-256; the token itself is shown once and kept nowhere. Rows are never deleted: an officer''s acts point at them.';
comment on column access_token.officer is 'Stands as the actor of every act; the same label keeps the same officer.';
comment on column access_token.label is 'What the token is for, or whose it is; for people who list tokens.';

grant select, insert on access_token to habeas_app;
grant update (revoked) on access_token to habeas_app;
