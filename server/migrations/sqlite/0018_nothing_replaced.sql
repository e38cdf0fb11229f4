-- What is append-only cannot be replaced either: `insert or replace` deletes the row that is in its way without asking
-- the triggers that refuse to delete. In the other folder, where there is no such statement, what is missing to refuse
-- `truncate`. And how far the chains were compared that did not grow of late.

-- A row that comes without a rowid has -1 here, so no row may be kept under such a one.
create trigger audit_is_never_replaced before insert on audit
when exists (select 1 from audit where subject = new.subject and sequence = new.sequence)
    or exists (select 1 from audit where rowid = new.rowid)
begin
    select raise(abort, 'the audit trail is append-only');
end;
create trigger audit_is_never_below_one after insert on audit when new.rowid < 1
begin
    select raise(abort, 'the audit trail is append-only');
end;

create trigger audit_seal_is_never_replaced before insert on audit_seal
when exists (select 1 from audit_seal where number = new.number)
    or exists (select 1 from audit_seal where rowid = new.rowid)
begin
    select raise(abort, 'the seals of the audit trail are append-only');
end;
create trigger audit_seal_is_never_below_one after insert on audit_seal when new.rowid < 1
begin
    select raise(abort, 'the seals of the audit trail are append-only');
end;

create trigger audit_sealed_head_is_never_replaced before insert on audit_sealed_head
when exists (select 1 from audit_sealed_head where seal = new.seal and position = new.position)
    or exists (select 1 from audit_sealed_head where rowid = new.rowid)
begin
    select raise(abort, 'the seals of the audit trail are append-only');
end;
create trigger audit_sealed_head_is_never_below_one after insert on audit_sealed_head when new.rowid < 1
begin
    select raise(abort, 'the seals of the audit trail are append-only');
end;

create trigger note_is_never_replaced before insert on registration_note
when exists (select 1 from registration_note where id = new.id)
    or exists (select 1 from registration_note where rowid = new.rowid)
begin
    select raise(abort, 'notes are append-only');
end;
create trigger note_is_never_below_one after insert on registration_note when new.rowid < 1
begin
    select raise(abort, 'notes are append-only');
end;

-- Up to which subject the chains were compared with their seals, in the order of the subjects; after the last one it
-- begins again. One row.
create table audit_compared (
    id bigint not null primary key,
    last text not null
);
