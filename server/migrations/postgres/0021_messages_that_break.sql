-- A message at which the mail server became unreachable goes behind the others, and the others keep their turn.

-- When a claimed message was due: it is due then again if nobody began to send it.
alter table outbox add column due_at bigint;
-- When the mail server last became unreachable at this message.
alter table outbox add column broke_at bigint;

-- Whether a message was sent since.
create index outbox_by_sent on outbox (sent_at);
