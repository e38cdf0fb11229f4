-- Organisations and their accounts, the batches and results by which accounts are made, forms that the desk takes
-- in, and by which way each registration came. The same tables as in the other folder. Times are milliseconds since
-- 1970 in UTC.

-- web, spreadsheet, desk-file or desk-paper; kept with the draft until it is submitted.
alter table draft add column came_by text not null default 'web';
alter table registration add column came_by text not null default 'web';

-- The officer who took the form in on behalf of an organisation, when, and when its accountable person was asked
-- to sign, at which address.
alter table draft add column taken_in_by text references officer (id);
alter table draft add column taken_in_at bigint;
alter table draft add column sent_to_sign_at bigint;
alter table draft add column sent_to_sign_to text;
create index draft_taken_in on draft (taken_in_at) where taken_in_by is not null;

-- The browser of an officer who works on behalf of an organisation: it may not sign, and ends with the session in
-- which the officer is signed in.
alter table session add column officer_id text references officer (id);
alter table session add column officer_session text references officer_session (id) on delete cascade;
create index session_of_officer on session (officer_session) where officer_session is not null;

-- A link by which an accountable person comes to a form that was taken in for them. Its secret is made when the
-- message leaves; only the hash is kept.
create table signing_link (
    id text not null primary key,
    draft_id text not null references draft (id) on delete cascade,
    mailbox text not null,
    email text not null,
    secret_hash text unique,
    expires_at bigint
);
create index signing_link_of_draft on signing_link (draft_id);
create index signing_link_by_end on signing_link (expires_at);

-- An approved registration becomes an organisation of Common Platform, under an identifier that stays.
create table organisation (
    -- A UUID.
    id text not null primary key,
    registration_id text not null unique references registration (id),
    made_at bigint not null
);
insert into organisation (id, registration_id, made_at)
select substr(id, 1, 8) || '-' || substr(id, 9, 4) || '-8' || substr(id, 14, 3) || '-8' || substr(id, 18, 3)
    || '-' || substr(id, 21), id, state_since
from registration where state = 'approved';

-- What goes to those who make the accounts, exactly as it went.
create table account_batch (
    number bigint not null primary key,
    made_at bigint not null,
    made_by text not null references officer (id),
    organisations bigint not null,
    users bigint not null,
    -- The records as JSON.
    content text not null,
    -- open, sent or undone.
    state text not null,
    closed_at bigint,
    -- Counts what happened to it, downloads included.
    version bigint not null default 1
);

-- Whether the account belongs to an approved registration; its UUID, once that is known to others; why it failed;
-- when it last came to each state; the open batch in which it is.
alter table registration_user add column in_set_up boolean not null default false;
alter table registration_user add column account_id text;
alter table registration_user add column account_reason text;
alter table registration_user add column sent_at bigint;
alter table registration_user add column activated_at bigint;
alter table registration_user add column failed_at bigint;
alter table registration_user add column batch bigint references account_batch (number);
update registration_user set
    in_set_up = registration_id in (select id from registration where state = 'approved'),
    sent_at = case when account = 'sent' then account_since end,
    activated_at = case when account = 'activated' then account_since end,
    failed_at = case when account = 'failed' then account_since end;
-- An account waits to be made since its registration was approved.
update registration_user set account_since = (
    select state_since from registration where registration.id = registration_user.registration_id
) where in_set_up and account_since is null;
create index registration_user_in_set_up on registration_user (account, account_since, registration_id, position)
    where in_set_up;
create index registration_user_by_email on registration_user (lower(email)) where in_set_up;
create index registration_user_by_account_id on registration_user (account_id);
create index registration_user_of_batch on registration_user (batch) where batch is not null;

-- A file of results that was read and waits for its officer's word, or was applied.
create table account_results (
    id text not null primary key,
    officer_id text not null references officer (id),
    read_at bigint not null,
    file_name text not null,
    -- Of the file, so that the same file is known again.
    sha256 text not null,
    -- The rows as JSON; emptied once they were applied.
    content text not null,
    applied_at bigint,
    -- How many accounts were changed.
    changed bigint not null default 0
);
create index account_results_by_age on account_results (read_at);
create index account_results_by_file on account_results (sha256);
