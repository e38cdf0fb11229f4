-- What an officer wants to do to many entries of the queue at once. It is asked about first, and then worked off in
-- pieces by any server. The same tables as in the other folder.
create table bulk_job (
    id text primary key,
    officer_id text not null references officer (id),
    -- The key of what happens to each entry, such as assign.
    action text not null,
    -- The officer to whom the entries are assigned.
    assignee_id text references officer (id),
    -- The address of the list in which the entries were selected.
    list text not null,
    -- Whether the list had more entries than one job takes.
    is_part boolean not null,
    asked_at bigint not null,
    -- When the officer agreed, and when the last entry was worked off.
    began_at bigint,
    ended_at bigint,
    -- Until when the server that works on it keeps it; afterwards any server may take it up.
    kept_until bigint not null default 0
);
create index bulk_job_by_time on bulk_job (asked_at);
create index bulk_job_to_take_up on bulk_job (kept_until) where began_at is not null and ended_at is null;
create index bulk_job_of_officer on bulk_job (officer_id);
create index bulk_job_of_assignee on bulk_job (assignee_id) where assignee_id is not null;

create table bulk_item (
    job_id text not null references bulk_job (id) on delete cascade,
    place bigint not null,
    -- The entry, as the audit names it, such as registration/CP-7K3M-9QXF.
    subject text not null,
    -- The version that the officer was asked about.
    version bigint not null,
    -- The officer to whom the entry was assigned then.
    officer_id text,
    -- The key of the result; null until the entry is worked off.
    outcome text,
    primary key (job_id, place)
);
