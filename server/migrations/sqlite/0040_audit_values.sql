-- What a row of the audit says stands beside the chain, so that it can be erased and the chain still verifies: the chain
-- has a digest of it (HMAC-SHA-256) under a random key, and without the key the digest says nothing. The program carries
-- existing rows over when it opens the database (store/audit/carry_over.rs).
alter table audit rename column details to details_digest;
alter table audit rename column source to source_digest;

-- The details of a row and the network address from which it came, each with its key in hexadecimal. Both of a pair are
-- null once they are erased.
create table audit_value (
    subject text not null,
    sequence bigint not null,
    details_key text,
    details text,
    source_key text,
    source text,
    primary key (subject, sequence)
) without rowid;

-- A row with its values.
create view audit_row as
select audit.subject, audit.sequence, audit.at, audit.actor, audit.action, audit.details_digest, audit.source_digest,
    audit.previous_hash, audit.hash, audit_value.details_key, audit_value.details, audit_value.source_key,
    audit_value.source
from audit left join audit_value
    on audit_value.subject = audit.subject and audit_value.sequence = audit.sequence;

-- 1 while there are rows that have yet to be carried over, 2 from then on. One row.
create table audit_generation (
    id bigint not null primary key,
    generation bigint not null
);
insert into audit_generation (id, generation)
select 1, case when exists (select 1 from audit) or exists (select 1 from audit_seal) then 1 else 2 end;

-- The hash of a seal from before, so that one that was noted elsewhere can still be compared.
alter table audit_seal add column carried_hash text;

create trigger audit_generation_is_never_new before insert on audit_generation
begin
    select raise(abort, 'the audit trail is append-only');
end;
create trigger audit_generation_is_never_deleted before delete on audit_generation
begin
    select raise(abort, 'the audit trail is append-only');
end;
create trigger audit_generation_only_grows before update on audit_generation
when not (old.generation = 1 and new.generation = 2 and new.id = old.id)
begin
    select raise(abort, 'the audit trail is append-only');
end;

-- Rows and seals may change only while they are carried over.
drop trigger audit_is_never_updated;
create trigger audit_is_never_updated before update on audit
when not exists (select 1 from audit_generation where generation = 1)
begin
    select raise(abort, 'the audit trail is append-only');
end;
drop trigger audit_seal_is_never_updated;
create trigger audit_seal_is_never_updated before update on audit_seal
when not exists (select 1 from audit_generation where generation = 1)
begin
    select raise(abort, 'the seals of the audit trail are append-only');
end;
drop trigger audit_sealed_head_is_never_updated;
create trigger audit_sealed_head_is_never_updated before update on audit_sealed_head
when not exists (select 1 from audit_generation where generation = 1)
begin
    select raise(abort, 'the seals of the audit trail are append-only');
end;

-- A chain says that what stands beside it is erased, before it is.
create index audit_of_erasures on audit (subject, sequence) where action = 'erased';
create index audit_of_address_erasures on audit (at) where action = 'addresses-erased';

create trigger audit_value_is_never_replaced before insert on audit_value
when exists (select 1 from audit_value where subject = new.subject and sequence = new.sequence)
begin
    select raise(abort, 'the audit trail is append-only');
end;
create trigger audit_value_is_never_deleted before delete on audit_value
when not exists (
    select 1 from audit where subject = old.subject and sequence > old.sequence and action = 'erased')
begin
    select raise(abort, 'the audit trail is append-only until its chain says that values are erased');
end;
-- Only the address goes, and with it the details of a sign-in, which repeat it; and only thirty days after the row.
create trigger audit_value_loses_its_address_alone before update on audit_value
when not (
    new.subject = old.subject and new.sequence = old.sequence and new.source is null and new.source_key is null
    and exists (
        select 1 from audit as kept where kept.subject = old.subject and kept.sequence = old.sequence
        and ((new.details is old.details and new.details_key is old.details_key)
            or (kept.action in ('signed-in', 'sign-in-failed') and new.details is null and new.details_key is null))
        and exists (
            select 1 from audit as told where told.action = 'addresses-erased' and told.subject = 'system/retention'
            and told.at >= kept.at + 2592000000)))
begin
    select raise(abort, 'the audit trail is append-only until it says that addresses are erased');
end;
