-- The queue of the desk: in what order registrations and requests wait, by which words registrations are found, and
-- who looks at what. Times are milliseconds since 1970 in UTC, days are counted since 1 January 1970.

-- Since when the clock of the target would have run without a break; 0 while it stands still.
alter table registration add column waits_since bigint not null default 0;
-- How many users there are.
alter table registration add column user_count bigint not null default 0;
-- The name as it is sorted.
alter table registration add column sort_name text collate "C" not null default '';
-- Which version of the words below it has: those of an older one are written anew when the service starts.
alter table registration add column words_version bigint not null default 0;

create index registration_by_due on registration (state, waits_since, sent_at, id);
create index registration_by_hearing on registration (state, first_hearing, sent_at, id) where first_hearing is not null;
create index registration_by_name on registration (state, sort_name, id);
create index registration_by_users on registration (state, user_count, id);
create index registration_by_arrival_again on registration (state, sent_at, id);
create index registration_of_officer on registration (officer_id, state, waits_since, sent_at, id);
create index registration_by_words_version on registration (words_version, id);

-- All phrases of a registration as one text; the newest has the highest key.
create table registration_search (
    search_key bigint not null primary key,
    registration_id text not null unique references registration (id) on delete cascade,
    phrases text not null
);

-- The beginnings by which a registration is found. No foreign key: each row would be looked up once more for it.
create table registration_word (
    word text collate "C" not null,
    search_key bigint not null,
    primary key (word, search_key)
);

-- How a request for another format stands: waiting or answered, who has it, and who answered it when.
alter table format_request add column state text not null default 'waiting';
alter table format_request add column officer_id text references officer (id);
alter table format_request add column answered_at bigint;
alter table format_request add column answered_by text references officer (id);
alter table format_request add column version bigint not null default 1;
alter table format_request add column waits_since bigint not null default 0;
update format_request set waits_since = asked_at / 86400000;
create index format_request_by_state on format_request (state, waits_since, asked_at, id);

-- Which officers have the page of something open: since when, and when it was last seen to be.
create table desk_looking (
    subject text not null,
    officer_id text not null references officer (id),
    since bigint not null,
    seen_at bigint not null,
    primary key (subject, officer_id)
);
create index desk_looking_by_age on desk_looking (seen_at);
