-- What the desk keeps of a registration while it judges it. Times are milliseconds since 1970 in UTC.

-- By what others are found that may belong together with it: its numbers, mailboxes, mobile numbers and postcode, each
-- in one spelling.
create table registration_key (
    registration_id text not null references registration (id),
    -- sra, bar, laa, mailbox, mobile or postcode.
    kind text not null,
    value text not null,
    primary key (registration_id, kind, value)
);
create index registration_by_key on registration_key (kind, value, registration_id);
-- Whether its keys are written down: those that were sent before there were keys get theirs when the service runs.
alter table registration add column keyed boolean not null default false;
create index registration_without_keys on registration (id) where not keyed;

-- What came of each check; what it was before stands in the audit.
create table registration_check (
    registration_id text not null references registration (id),
    name text not null,
    -- passed, not-passed or not-needed.
    outcome text not null,
    note text not null,
    -- The answers that were checked, as they were.
    about text not null,
    -- Somebody of the desk; on the command line, the name that was given.
    officer_id text not null,
    made_at bigint not null,
    version bigint not null,
    primary key (registration_id, name)
);

-- Notes for the desk alone.
create table registration_note (
    id text not null primary key,
    registration_id text not null references registration (id),
    officer_id text not null references officer (id),
    noted_at bigint not null,
    words text not null
);
create index registration_note_of_registration on registration_note (registration_id, noted_at, id);

-- A decision that waits for a second officer. Its applicant hears nothing of it.
create table proposed_decision (
    registration_id text not null primary key references registration (id),
    officer_id text not null references officer (id),
    proposed_at bigint not null,
    -- Why it is not to be approved; null where it is.
    reason text,
    words text not null
);

-- What a desk administrator has set, by name; what is not there is as the service comes.
create table desk_setting (
    name text not null primary key,
    value text not null
);

create function note_refuses_change() returns trigger language plpgsql as $$
begin
    raise exception 'notes are append-only';
end
$$;

create trigger note_is_never_updated before update on registration_note
for each statement execute function note_refuses_change();

create trigger note_is_never_deleted before delete on registration_note
for each statement execute function note_refuses_change();
