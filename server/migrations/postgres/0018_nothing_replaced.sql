-- What is append-only cannot be emptied either: notes were missing. In the other folder, what refuses `insert or
-- replace`. And how far the chains were compared that did not grow of late.

create trigger note_is_never_truncated before truncate on registration_note
for each statement execute function note_refuses_change();

-- Up to which subject the chains were compared with their seals, in the order of the subjects; after the last one it
-- begins again. One row.
create table audit_compared (
    id bigint not null primary key,
    last text not null
);
