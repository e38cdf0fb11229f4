-- Makes the two roles of the service on PostgreSQL. Run it once, as a superuser, in the service's own empty database:
--
--   createdb registration
--   psql --dbname registration --file postgres-roles.sql
--   psql --dbname registration --command '\password registration_owner' --command '\password registration_service'
--
-- `registration migrate` connects as registration_owner, which owns the tables and may change them; `registration
-- serve` connects as registration_service, which may only read and write rows. The triggers that keep the audit
-- append-only belong to the owner, so the service cannot drop or disable them, whatever happens to it.

do $$
begin
    if not exists (select from pg_roles where rolname = 'registration_owner') then
        create role registration_owner login;
    end if;
    if not exists (select from pg_roles where rolname = 'registration_service') then
        create role registration_service login;
    end if;
end
$$;

alter schema public owner to registration_owner;
revoke all on schema public from public;
grant usage on schema public to registration_service;

do $$
begin
    execute format('revoke create, temporary on database %I from public', current_database());
end
$$;

-- For the tables that migrations make from now on.
alter default privileges for role registration_owner in schema public
    grant select, insert, update, delete on tables to registration_service;
