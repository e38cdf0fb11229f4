-- When the officer of a session last confirmed who they are, for one change of how they sign in; null once it is used.
alter table officer_session add column confirmed_at bigint;
