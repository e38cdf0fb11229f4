-- From where a change came, the audit's seals and its search; what the figures count. The same tables as in the
-- other folder. Times are milliseconds since 1970 in UTC, days are days since 1 January 1970 in London.

-- The network address; null where there is none, as in a row from before. A row that has one hashes it too.
alter table audit add column source text;
-- The newest first, of everybody, of one, of one action.
create index audit_by_time on audit (at, subject, sequence);
create index audit_by_actor on audit (actor, at, subject, sequence);
create index audit_by_action on audit (action, at, subject, sequence);

-- The last rows of the chains that grew since the seal before, sealed together: a chain alone cannot tell that its
-- end is missing.
create table audit_seal (
    number bigint not null primary key,
    at bigint not null,
    -- How many chains it seals.
    heads bigint not null,
    previous_hash text not null,
    hash text not null
);
create table audit_sealed_head (
    seal bigint not null,
    -- From 1, in the order in which they are hashed.
    position bigint not null,
    subject text not null,
    sequence bigint not null,
    hash text not null,
    primary key (seal, position)
);
create index audit_sealed_head_of_subject on audit_sealed_head (subject, seal);

create trigger audit_seal_is_never_updated before update on audit_seal
begin
    select raise(abort, 'the seals of the audit trail are append-only');
end;
create trigger audit_seal_is_never_deleted before delete on audit_seal
begin
    select raise(abort, 'the seals of the audit trail are append-only');
end;
create trigger audit_sealed_head_is_never_updated before update on audit_sealed_head
begin
    select raise(abort, 'the seals of the audit trail are append-only');
end;
create trigger audit_sealed_head_is_never_deleted before delete on audit_sealed_head
begin
    select raise(abort, 'the seals of the audit trail are append-only');
end;

-- What the figures read.
create index registration_by_decision on registration (state, state_since, clock_days);
create index registration_user_by_account on registration_user (account, account_since, registration_id);

-- What happened on a day, where the rows that tell of it are thrown away: drafts that were begun, and those of them
-- that were sent.
create table daily_count (
    day bigint not null,
    what text not null,
    count bigint not null,
    primary key (day, what)
);

-- What somebody thought of the service: nobody's, and of no time but a day.
create table feedback (
    id text not null primary key,
    day bigint not null,
    -- From 1, very dissatisfied, to 5, very satisfied.
    score bigint not null,
    words text not null
);
create index feedback_by_day on feedback (day, score);
-- From where feedback came in the last hour, so that nobody floods it; tied to none of it.
create table feedback_source (
    source_hash text not null,
    sent_at bigint not null
);
create index feedback_source_by_age on feedback_source (source_hash, sent_at);
