-- How the people who manage an organisation sign in: a link and a code to their own address, and their sessions. The
-- same tables as in the other folder. Times are milliseconds since 1970 in UTC.

-- The link and the code are made when their message leaves; only their hashes are kept.
create table member_way_in (
    id text not null primary key,
    request_id text not null references way_in_request (id) on delete cascade,
    mailbox text not null,
    secret_hash text unique,
    code_hash text,
    expires_at bigint
);
create index member_way_in_of_request on member_way_in (request_id);
create index member_way_in_of_mailbox on member_way_in (mailbox);

create table member_session (
    token_hash text not null primary key,
    -- Whose session it is. What the person may do is looked up for each request.
    mailbox text not null,
    -- The organisation that the person has chosen.
    organisation_id text references organisation (id),
    began_at bigint not null,
    used_at bigint not null,
    ends_at bigint not null
);
create index member_session_by_end on member_session (ends_at);
create index member_session_of_mailbox on member_session (mailbox);
create index member_session_of_organisation on member_session (organisation_id);
