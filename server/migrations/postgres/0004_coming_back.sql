-- Leaving a draft and coming back to it by a link or a code. Times are milliseconds since 1970 in UTC.

-- An address that was confirmed for a draft: who reads its mail may open the draft.
create table draft_address (
    draft_id text not null references draft (id) on delete cascade,
    -- By which addresses are compared.
    mailbox text not null,
    email text not null,
    confirmed_at bigint not null,
    primary key (draft_id, mailbox)
);
create index draft_address_of_mailbox on draft_address (mailbox);

-- Whether it was said that the draft will be thrown away.
alter table draft add column reminded_at bigint;

-- Somebody asked for a message with a link and a code. Address and place are hashes: most are of no use
-- after an hour, and some are nobody's.
create table way_in_request (
    id text not null primary key,
    mailbox_hash text not null,
    source_hash text,
    asked_at bigint not null,
    -- How many codes were typed.
    tries bigint not null default 0
);
create index way_in_request_of_mailbox on way_in_request (mailbox_hash, asked_at);
create index way_in_request_of_source on way_in_request (source_hash, asked_at);
create index way_in_request_by_age on way_in_request (asked_at);

-- A link and a code. They are made when their message leaves; only hashes are kept. Used once, it is gone.
create table way_in (
    id text not null primary key,
    request_id text not null references way_in_request (id) on delete cascade,
    draft_id text not null references draft (id) on delete cascade,
    mailbox text not null,
    email text not null,
    -- Whether it shows for the first time that the address is the person's.
    confirms boolean not null,
    secret_hash text unique,
    code_hash text,
    expires_at bigint
);
create index way_in_of_request on way_in (request_id);
create index way_in_of_draft on way_in (draft_id, mailbox);
