-- The people of the desk and the browsers in which they are signed in. Times are milliseconds since 1970 in UTC.

create table officer (
    id text not null primary key,
    name text not null,
    email text not null,
    -- The address as it is compared.
    mailbox text not null unique,
    -- officer, senior-officer, auditor or administrator.
    role text not null,
    -- Argon2id, in PHC's format; null until the person has chosen a password.
    password_hash text,
    -- Null as long as the person may sign in.
    ended_at bigint,
    created_at bigint not null,
    version bigint not null default 1
);

-- A browser in which an officer is signed in, with both factors. Only the SHA-256 of the cookie is kept.
create table officer_session (
    token_hash text not null primary key,
    -- By this a page names it.
    id text not null unique,
    officer_id text not null references officer (id),
    begun_at bigint not null,
    used_at bigint not null,
    -- From where, and with which browser.
    source text,
    browser text not null default ''
);
create index officer_session_of_officer on officer_session (officer_id);
create index officer_session_by_use on officer_session (used_at);
