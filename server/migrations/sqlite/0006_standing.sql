-- Where a registration stands, what the desk asked, what was sent before, and the links by which its applicant
-- sees it. Times are milliseconds since 1970 in UTC.

-- received, being-checked, more-information-needed, approved, not-approved or withdrawn.
alter table registration add column state text not null default 'received';
alter table registration add column state_since bigint not null default 0;
-- Counted with every change, so that nobody decides on a page that is no longer true.
alter table registration add column version bigint not null default 1;
-- How often it was sent, and when last.
alter table registration add column revision bigint not null default 1;
alter table registration add column sent_at bigint not null default 0;
-- What the desk asked last, as JSON; it stays until it asks again.
alter table registration add column asked text not null default '[]';
-- Why it is not approved, in the words that its applicant reads.
alter table registration add column told text;
update registration set state_since = submitted_at, sent_at = submitted_at;
create index registration_by_state on registration (state, submitted_at, id);

-- The account of a user: to-be-made, sent, activated or failed, and since when.
alter table registration_user add column account text not null default 'to-be-made';
alter table registration_user add column account_since bigint;

-- Everything that was sent before it was sent again, as JSON.
create table registration_revision (
    registration_id text not null references registration (id),
    revision bigint not null,
    sent_at bigint not null,
    answers text not null,
    primary key (registration_id, revision)
);

-- Whether the draft was sent before, what is asked about it now, and its pages and users as they were sent, as
-- JSON; empty for nothing.
alter table draft add column was_sent boolean not null default false;
alter table draft add column asked text not null default '';
alter table draft add column as_sent text not null default '';
update draft set was_sent = true where submitted_at is not null;
-- What was sent is kept as long as its registration is dealt with.
update draft set expires_at = submitted_at + 63072000000 where submitted_at is not null;

-- A link of a message about a registration: used once, it confirms the address. Its secret is made when the
-- message leaves; only the hash is kept.
create table registration_link (
    id text not null primary key,
    registration_id text not null references registration (id),
    mailbox text not null,
    email text not null,
    secret_hash text unique,
    expires_at bigint
);
create index registration_link_of_registration on registration_link (registration_id);
create index registration_link_by_end on registration_link (expires_at);
