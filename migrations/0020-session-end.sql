-- 0020-session-end: sessions that ended long ago are deleted (HABEAS_SESSION_KEPT_DAYS).
grant delete on sign_in_session to habeas_app;
create index sign_in_session_ends on sign_in_session (ends);
