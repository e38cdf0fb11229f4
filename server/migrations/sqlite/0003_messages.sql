-- A message of the outbox knows to whom it goes, what it says, and how its sending stands. Times are
-- milliseconds since 1970 in UTC.

alter table outbox add column recipient text not null default '';
alter table outbox add column language text not null default 'en';
-- What makes the message one person's, as JSON; emptied once it was sent.
alter table outbox add column personalisation text not null default '{}';
-- waiting, claimed by a worker, sent, or dead: refused for good.
alter table outbox add column state text not null default 'waiting';
-- How often it was refused.
alter table outbox add column tries bigint not null default 0;
-- When a worker may take it: while it is claimed, the end of the claim; nothing once it is sent or dead.
alter table outbox add column next_attempt_at bigint;
alter table outbox add column sent_at bigint;
-- What the other side last answered.
alter table outbox add column last_error text;

-- Those that waited since before: the organisation is told that its registration was received.
update outbox set
    next_attempt_at = created_at,
    personalisation = '{"kind":"registration-received","reference":"' || substr(subject, 14) || '"}',
    recipient = coalesce(
        (select email from registration where 'registration/' || reference = outbox.subject), '');

-- Those that a worker may take, in the order in which it takes them.
create index outbox_to_send on outbox (next_attempt_at, id);
create index outbox_by_state on outbox (state, created_at);
