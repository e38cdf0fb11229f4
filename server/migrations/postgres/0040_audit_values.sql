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
);

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

create function audit_generation_refuses_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and tg_level = 'ROW' then
        if old.generation = 1 and new.generation = 2 and new.id = old.id then
            return new;
        end if;
    end if;
    raise exception 'the audit trail is append-only';
end
$$;
create trigger audit_generation_only_grows before update on audit_generation
for each row execute function audit_generation_refuses_change();
create trigger audit_generation_is_never_new before insert or delete or truncate on audit_generation
for each statement execute function audit_generation_refuses_change();

-- Rows and seals may change only while they are carried over.
create or replace function audit_refuses_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and exists (select 1 from audit_generation where generation = 1) then
        return null;
    end if;
    raise exception 'the audit trail is append-only';
end
$$;
create or replace function audit_seal_refuses_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and exists (select 1 from audit_generation where generation = 1) then
        return null;
    end if;
    raise exception 'the seals of the audit trail are append-only';
end
$$;

-- A chain says that what stands beside it is erased, before it is.
create index audit_of_erasures on audit (subject, sequence) where action = 'erased';
create index audit_of_address_erasures on audit (at) where action = 'addresses-erased';

create function audit_value_refuses_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and exists (
        select 1 from audit where subject = old.subject and sequence > old.sequence and action = 'erased') then
        return old;
    end if;
    -- Only the address goes, and with it the details of a sign-in, which repeat it; and only thirty days after the row.
    if tg_op = 'UPDATE' then
        if new.subject = old.subject and new.sequence = old.sequence and new.source is null and new.source_key is null
            and exists (
                select 1 from audit as kept where kept.subject = old.subject and kept.sequence = old.sequence
                and ((new.details is not distinct from old.details
                        and new.details_key is not distinct from old.details_key)
                    or (kept.action in ('signed-in', 'sign-in-failed') and new.details is null
                        and new.details_key is null))
                and exists (
                    select 1 from audit as told where told.action = 'addresses-erased'
                    and told.subject = 'system/retention' and told.at >= kept.at + 2592000000))
        then
            return new;
        end if;
    end if;
    raise exception 'the audit trail is append-only until it says that values are erased';
end
$$;
create trigger audit_value_is_never_changed before update or delete on audit_value
for each row execute function audit_value_refuses_change();
create trigger audit_value_is_never_truncated before truncate on audit_value
for each statement execute function audit_refuses_change();
