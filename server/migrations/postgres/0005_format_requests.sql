-- Requests for the form in another format, which wait for the desk. Times are milliseconds since 1970 in UTC.

create table format_request (
    id text not null primary key,
    asked_at bigint not null,
    format text not null,
    details text not null,
    technology text not null,
    name text not null,
    email text,
    telephone text,
    -- By which requests of one person are counted: the mailbox or, without one, the telephone number.
    reached_by text not null,
    -- A hash of the place that it came from.
    source_hash text
);
create index format_request_by_age on format_request (asked_at, id);
create index format_request_of_person on format_request (reached_by, asked_at);
create index format_request_of_source on format_request (source_hash, asked_at);
