-- Drafts, registrations, the audit trail and the outbox. The same tables as in the other folder: types
-- are chosen so that one SQL text serves both databases. Times are milliseconds since 1970 in UTC.

-- An application that has not been submitted, or the way from a browser to the one that it became.
create table draft (
    id text not null primary key,
    created_at bigint not null,
    expires_at bigint not null,
    -- How many rows of draft_user there are: kept here so that no page counts them.
    users bigint not null default 0,
    -- Once submitting was tried, every page shows its problems.
    submit_tried boolean not null default false,
    submitted_at bigint
);

-- A browser that holds a draft's cookie. Only the SHA-256 of the cookie is kept.
create table session (
    token_hash text not null primary key,
    draft_id text not null references draft (id) on delete cascade,
    expires_at bigint not null,
    -- What was last searched for in the list of users, which no address may name.
    user_search text not null default ''
);
create index session_of_draft on session (draft_id);

-- The answers of one question page as typed, right or wrong, as JSON. A page that was never sent has no row.
create table draft_page (
    draft_id text not null references draft (id) on delete cascade,
    page text not null,
    answers text not null,
    version bigint not null,
    saved_at bigint not null,
    primary key (draft_id, page)
);

-- A user on the list of a draft, as typed.
create table draft_user (
    id text not null primary key,
    draft_id text not null references draft (id) on delete cascade,
    position bigint not null,
    first_name text not null,
    last_name text not null,
    email text not null,
    mobile text not null,
    role text not null,
    administrator text not null,
    version bigint not null,
    unique (draft_id, position)
);

-- One organisation's application, submitted.
create table registration (
    id text not null primary key,
    reference text not null unique,
    -- One draft becomes one registration, however often Submit is pressed.
    draft_id text not null unique,
    submitted_at bigint not null,
    kind text not null,
    name text not null,
    address_line_1 text not null,
    address_line_2 text,
    town text not null,
    county text,
    postcode text not null,
    telephone text not null,
    email text not null,
    -- One a line, none for an organisation without.
    laa_account_numbers text not null,
    sra_number text,
    bar_number text,
    first_court text,
    first_hearing text,
    accountable_first_name text not null,
    accountable_last_name text not null,
    accountable_job_title text not null,
    accountable_email text not null,
    accountable_telephone text not null,
    signed_by text not null,
    signed_as text not null,
    signed_at bigint not null,
    terms_version text not null,
    terms_sha256 text not null
);
create index registration_by_arrival on registration (submitted_at, id);

-- A person who gets an account.
create table registration_user (
    registration_id text not null references registration (id),
    position bigint not null,
    first_name text not null,
    last_name text not null,
    email text not null,
    mobile text not null,
    role text not null,
    administrator boolean not null,
    primary key (registration_id, position)
);

-- Who did what, when. Rows of one subject form a chain: each carries the hash of the one before it.
create table audit (
    subject text not null,
    sequence bigint not null,
    at bigint not null,
    actor text not null,
    action text not null,
    details text not null,
    previous_hash text not null,
    hash text not null,
    primary key (subject, sequence)
);

create function audit_refuses_change() returns trigger language plpgsql as $$
begin
    raise exception 'the audit trail is append-only';
end
$$;

create trigger audit_is_never_updated before update on audit
for each statement execute function audit_refuses_change();

create trigger audit_is_never_deleted before delete on audit
for each statement execute function audit_refuses_change();

create trigger audit_is_never_truncated before truncate on audit
for each statement execute function audit_refuses_change();

-- Messages to be sent, written in the transaction of the change that they tell of.
create table outbox (
    id text not null primary key,
    kind text not null,
    subject text not null,
    created_at bigint not null
);
create index outbox_by_age on outbox (created_at, id);
