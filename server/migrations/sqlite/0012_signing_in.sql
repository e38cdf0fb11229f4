-- How the people of the desk sign in. Times are milliseconds since 1970 in UTC; of each secret that a person holds only
-- the SHA-256 is kept.

-- The one-time link by which somebody sets up how they sign in.
create table officer_link (
    officer_id text not null primary key references officer (id),
    secret_hash text not null unique,
    expires_at bigint not null
);

-- The authenticator app of somebody: its secret in base32, which the server must know to tell its codes, and the last
-- time step of which a code was used.
create table officer_authenticator (
    officer_id text not null primary key references officer (id),
    secret text not null,
    last_step bigint not null,
    added_at bigint not null
);

-- A recovery code that was not used yet.
create table officer_recovery_code (
    code_hash text not null primary key,
    officer_id text not null references officer (id)
);
create index officer_recovery_code_of_officer on officer_recovery_code (officer_id);

-- A passkey: the identifier and the public key (SubjectPublicKeyInfo), both in base64url.
create table officer_passkey (
    id text not null primary key,
    officer_id text not null references officer (id),
    name text not null,
    public_key text not null,
    counter bigint not null,
    added_at bigint not null,
    used_at bigint
);
create index officer_passkey_of_officer on officer_passkey (officer_id);

-- What a browser has begun and not finished: signing in after the password, setting an account up, adding a passkey.
create table officer_underway (
    token_hash text not null primary key,
    officer_id text references officer (id),
    kept text not null,
    expires_at bigint not null
);
create index officer_underway_by_end on officer_underway (expires_at);
create index officer_underway_of_officer on officer_underway (officer_id);

-- Tries to sign in that were not right, or of which that is not known yet.
create table officer_try (
    id text not null primary key,
    account_hash text not null,
    source_hash text,
    tried_at bigint not null
);
create index officer_try_of_account on officer_try (account_hash, tried_at);
create index officer_try_of_source on officer_try (source_hash, tried_at);
create index officer_try_by_time on officer_try (tried_at);

-- Who changes one of these waits for who does so at the moment: an account or a place that tries, the administrators.
create table officer_gate (
    name text not null primary key,
    passed_at bigint not null
);
