-- The list of users says once who was removed. The name is not in an address; the session stores it until
-- the list has shown it.
alter table session add column removed_user text not null default '';
