-- 0013-register-version: by which version of its projector each register was made. A start compares it with the program's
-- and makes anew what differs.
create table register_version (
  register text        not null,
  version  integer     not null constraint register_version_counts_up check (version >= 1),
  digest   text        not null constraint register_version_digest_is_sha256 check (digest ~ '^[0-9a-f]{64}$'),
  made     timestamptz not null,
  constraint register_version_once primary key (register)
);
comment on table register_version is 'The projector that made each register. Written by the owner of the tables alone: at the first start, after a restore, and when a register is made anew (projection.rebuild).';
comment on column register_version.digest is 'SHA-256 over what the program declares of the register: version, scope, key, columns, kinds and the versions of those.';
grant select on register_version to habeas_app, habeas_sequencer;
