-- The members of an organisation after its approval: the events that were reported, and what follows from them on each
-- day. The same tables as in the other folder. Days are days since 1 January 1970 in London; an `until` is the first
-- day that no longer belongs to the term, and null if no end is known. Times are milliseconds since 1970 in UTC.

-- The first day of an organisation whose members are kept, and the day on which it closed.
alter table organisation add column opened_on bigint;
alter table organisation add column closed_on bigint;
-- Counts the steps that were taken with the members.
alter table organisation add column steps bigint not null default 0;
-- Changes with each change of members, so that two at once wait for each other (PostgreSQL).
alter table organisation add column guarded bigint not null default 0;

create index organisation_to_open on organisation (id) where opened_on is null;

-- A user who joined after the approval is not part of the registration as it was signed.
alter table registration_user add column joined_later boolean not null default false;

create table member (
    -- A UUID.
    id text not null primary key,
    organisation_id text not null references organisation (id),
    -- The place of the member's account among those of the registration; null for a person without an account.
    place bigint,
    first_name text not null,
    last_name text not null,
    email text not null,
    mailbox text not null,
    telephone text,
    job_title text,
    mobile text,
    role text,
    -- Whether the desk was told that the member is an administrator; the terms say it for each day.
    administrator boolean not null default false,
    -- How the member is engaged, as JSON.
    engagement text not null,
    -- For which days the record shows the member.
    from_day bigint not null,
    until_day bigint,
    check (until_day is null or until_day >= from_day),
    unique (organisation_id, id)
);
create unique index member_of_place on member (organisation_id, place) where place is not null;
create index member_by_mailbox on member (mailbox) where mailbox <> '';
create index member_by_name on member (organisation_id, last_name, first_name, id);

create table administrator_term (
    organisation_id text not null,
    member_id text not null,
    from_day bigint not null,
    until_day bigint,
    primary key (member_id, from_day),
    check (until_day is null or until_day > from_day),
    foreign key (organisation_id, member_id) references member (organisation_id, id)
);
create index administrator_term_of_organisation on administrator_term (organisation_id, until_day, from_day);

-- A turn lasts until the next one of its organisation begins, so two persons can never be accountable at once.
create table accountable_turn (
    organisation_id text not null,
    from_day bigint not null,
    member_id text not null,
    primary key (organisation_id, from_day),
    foreign key (organisation_id, member_id) references member (organisation_id, id)
);
create index accountable_turn_of_member on accountable_turn (member_id);

-- What was reported, in order. An event is never changed but to note that it was cancelled, that its day has come, or
-- that its personal data was erased.
create table member_event (
    organisation_id text not null references organisation (id),
    number bigint not null,
    -- The step that reported it; a handing over is one step with several events.
    step bigint not null,
    member_id text not null,
    change text not null,
    -- Who reported it, as an actor of the audit.
    reported_by text not null,
    reported_at bigint not null,
    reported_on bigint not null,
    effective_on bigint not null,
    -- The first day on which the record shows it.
    recorded_on bigint not null,
    -- The new details of the member, as JSON, if the event has any.
    details text,
    cancelled_at bigint,
    -- When its day had come and the desk got its tasks.
    due_done_at bigint,
    primary key (organisation_id, number),
    check (recorded_on = greatest(reported_on, effective_on))
);
create index member_event_due on member_event (recorded_on, organisation_id, number)
where due_done_at is null and cancelled_at is null;
create index member_event_of_member on member_event (member_id);

-- Accounts on Common Platform that must be changed, because their members have changed.
create table account_change (
    organisation_id text not null,
    event bigint not null,
    member_id text not null references member (id),
    since bigint not null,
    done_at bigint,
    primary key (organisation_id, event)
);
create index account_change_waiting on account_change (since, organisation_id, event) where done_at is null;
create index account_change_of_member on account_change (member_id);

-- Each organisation that is open and lacks what clause 13 of the Terms asks for, on a day from its first on. Nothing
-- may ever be in it: the triggers below refuse each statement after which it would be. It knows no "today", so it does
-- not depend on a clock.
create view organisation_without as
select organisation.id as organisation_id from organisation
where organisation.opened_on is not null and organisation.closed_on is null and (
    -- There is an accountable person from the first day on, and so on each day.
    not exists (
        select 1 from accountable_turn as turn
        where turn.organisation_id = organisation.id and turn.from_day = organisation.opened_on)
    -- Each is a member until the next turn begins.
    or exists (
        select 1 from accountable_turn as turn
        left join member on member.id = turn.member_id and member.organisation_id = turn.organisation_id
        where turn.organisation_id = organisation.id and (
            member.id is null or turn.from_day < organisation.opened_on or member.from_day > turn.from_day
            or member.until_day < coalesce((
                select min(next.from_day) from accountable_turn as next
                where next.organisation_id = turn.organisation_id and next.from_day > turn.from_day
            ), 9223372036854775807)))
    -- There is an administrator on the first day,
    or not exists (
        select 1 from administrator_term as term
        where term.organisation_id = organisation.id and term.from_day <= organisation.opened_on
            and (term.until_day is null or term.until_day > organisation.opened_on))
    -- and on each day on which one stops.
    or exists (
        select 1 from administrator_term as ended
        where ended.organisation_id = organisation.id and ended.until_day > organisation.opened_on and not exists (
            select 1 from administrator_term as term
            where term.organisation_id = organisation.id and term.from_day <= ended.until_day
                and (term.until_day is null or term.until_day > ended.until_day)))
    -- Each is a member all the time.
    or exists (
        select 1 from administrator_term as term
        left join member on member.id = term.member_id and member.organisation_id = term.organisation_id
        where term.organisation_id = organisation.id and (
            member.id is null or member.from_day > term.from_day
            or coalesce(member.until_day, 9223372036854775807) < coalesce(term.until_day, 9223372036854775807)))
);

-- Nothing that leaves an organisation without them is accepted, whoever writes it. Each change first writes the row of
-- its organisation: two transactions that change one organisation wait for each other, and the second one is checked
-- against what the first one did (at a stricter isolation level it fails).
create function organisation_refuses_to_be_without(checked text) returns void language plpgsql as $$
begin
    update organisation set guarded = guarded + 1 where id = checked;
    if exists (select 1 from organisation_without where organisation_id = checked) then
        raise exception 'an organisation needs an accountable person and an administrator on each day';
    end if;
end
$$;
create function members_keep_duties() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        perform organisation_refuses_to_be_without(new.organisation_id);
    elsif tg_op = 'DELETE' then
        perform organisation_refuses_to_be_without(old.organisation_id);
    else
        perform organisation_refuses_to_be_without(old.organisation_id);
        if new.organisation_id <> old.organisation_id then
            perform organisation_refuses_to_be_without(new.organisation_id);
        end if;
    end if;
    return null;
end
$$;
-- A member who is added takes nothing away.
create trigger member_keeps_duties after update or delete on member
for each row execute function members_keep_duties();
create trigger administrator_term_keeps_duties after insert or update or delete on administrator_term
for each row execute function members_keep_duties();
create trigger accountable_turn_keeps_duties after insert or update or delete on accountable_turn
for each row execute function members_keep_duties();

create function organisation_keeps_duties() returns trigger language plpgsql as $$
begin
    if exists (select 1 from organisation_without where organisation_id = new.id) then
        raise exception 'an organisation needs an accountable person and an administrator on each day';
    end if;
    return null;
end
$$;
create trigger organisation_changed_keeps_duties after update of id, opened_on, closed_on on organisation
for each row execute function organisation_keeps_duties();
-- An organisation that is open stays so until it closes: nobody unlocks it by moving its first day.
create function organisation_stays_open() returns trigger language plpgsql as $$
begin
    raise exception 'the first day of an organisation never changes, and one that was opened is never deleted';
end
$$;
create trigger organisation_stays_open before update of opened_on on organisation
for each row when (old.opened_on is not null and new.opened_on is distinct from old.opened_on)
execute function organisation_stays_open();
create trigger organisation_is_added_without_members before insert on organisation
for each row when (new.opened_on is not null) execute function organisation_stays_open();
create trigger organisation_is_never_deleted before delete on organisation
for each row when (old.opened_on is not null) execute function organisation_stays_open();
create trigger organisation_is_never_truncated before truncate on organisation
for each statement execute function organisation_stays_open();
create trigger member_is_never_truncated before truncate on member
for each statement execute function organisation_stays_open();
create trigger administrator_term_is_never_truncated before truncate on administrator_term
for each statement execute function organisation_stays_open();
create trigger accountable_turn_is_never_truncated before truncate on accountable_turn
for each statement execute function organisation_stays_open();

-- Events are append-only.
create function member_event_refuses_change() returns trigger language plpgsql as $$
begin
    raise exception 'the events of members are append-only';
end
$$;
create trigger member_event_stays before update of organisation_id, number, step, member_id, change, reported_by,
    reported_at, reported_on, effective_on, recorded_on on member_event
for each row execute function member_event_refuses_change();
create function member_event_refuses_deletion() returns trigger language plpgsql as $$
begin
    if exists (select 1 from organisation where id = old.organisation_id and closed_on is null) then
        raise exception 'the events of members are append-only';
    end if;
    return old;
end
$$;
create trigger member_event_is_never_deleted before delete on member_event
for each row execute function member_event_refuses_deletion();
create trigger member_event_is_never_truncated before truncate on member_event
for each statement execute function member_event_refuses_change();
