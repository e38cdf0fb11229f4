-- When the personal data of a registration was erased: its reference, states, dates and counts stay.
alter table registration add column erased_at bigint;
create index registration_not_erased on registration (state, state_since) where erased_at is null;

-- Up to which moment a kind of personal data was erased, where no row tells.
create table retention_progress (
    kind text not null primary key,
    until bigint not null
);

-- Notes go once the chain of their registration says that personal data was erased.
create function note_refuses_deletion() returns trigger language plpgsql as $$
begin
    if exists (
        select 1 from registration join audit on audit.subject = 'registration/' || registration.reference
        where registration.id = old.registration_id and audit.action = 'erased')
    then
        return old;
    end if;
    raise exception 'notes are append-only until the audit says that they are erased';
end
$$;
drop trigger note_is_never_deleted on registration_note;
create trigger note_is_never_deleted before delete on registration_note
for each row execute function note_refuses_deletion();
