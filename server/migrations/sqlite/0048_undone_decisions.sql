-- Decisions that were undone, so that figures count each decision on the day on which it was made; and the accounts
-- that must be ended because the approval of their registration was undone. The same tables as in the other folder.
-- Times are milliseconds since 1970 in UTC.

create table undone_decision (
    registration_id text not null references registration (id),
    decided_at bigint not null,
    -- approved or not-approved.
    state text not null,
    -- The working days of the desk's target that the decision took.
    clock_days bigint not null,
    undone_at bigint not null,
    primary key (registration_id, decided_at)
);
create index undone_decision_by_decision on undone_decision (decided_at, clock_days);
create index undone_decision_by_time on undone_decision (undone_at);

-- Earlier ones are in the audit. Their working days were not stored: those of the registration are the nearest.
insert into undone_decision (registration_id, decided_at, state, clock_days, undone_at)
select registration.id, decided.at, decided.action, registration.clock_days, undone.at
from audit as undone
join registration on registration.reference = substr(undone.subject, 14)
join audit as decided on decided.subject = undone.subject and decided.sequence = (
    select max(earlier.sequence) from audit as earlier
    where earlier.subject = undone.subject and earlier.sequence < undone.sequence
    and earlier.action in ('approved', 'not-approved'))
where undone.action = 'undone' and undone.subject like 'registration/%';

create table account_to_end (
    registration_id text not null references registration (id),
    -- The user, as they were when the approval was undone.
    email text not null,
    first_name text not null,
    last_name text not null,
    -- The UUID of the account; null if nobody outside the service knows one.
    account_id text,
    -- The state of the account when the approval was undone; to-be-made if it was in a batch and may have been made.
    account text not null,
    since bigint not null,
    -- Null until the account has ended.
    ended_at bigint,
    primary key (registration_id, email)
);
create index account_to_end_open on account_to_end (since, registration_id, email) where ended_at is null;

insert into account_to_end (registration_id, email, first_name, last_name, account_id, account, since)
select person.registration_id, person.email, person.first_name, person.last_name, person.account_id, person.account,
    registration.state_since
from registration_user as person
join registration on registration.id = person.registration_id
join organisation on organisation.registration_id = registration.id
where registration.state <> 'approved' and registration.erased_at is null and not person.in_set_up
    and (person.account in ('sent', 'activated') or (person.account = 'failed' and person.sent_at is not null))
on conflict (registration_id, email) do nothing;

-- What the figures read: an account counts on the day of its activation, whatever becomes of it.
create index registration_user_by_activation on registration_user (activated_at, registration_id)
    where activated_at is not null;
