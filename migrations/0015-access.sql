-- 0015-access: the roles of those who sign in. A token may be of any of them.
alter table access_token drop constraint access_token_role_known;
alter table access_token add constraint access_token_role_known check (role in (
  'registrar', 'module-officer', 'shift-commander', 'control-room', 'director', 'health', 'sending-state', 'court',
  'oversight', 'counsel', 'family', 'auditor', 'administrator', 'service'
));
