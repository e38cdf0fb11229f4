-- The messages of a registration stay in its history: whether a message was refused because of its address or came
-- back, and addresses that the desk has corrected.
alter table outbox add column bounced boolean not null default false;
update outbox set bounced = true where state = 'dead';
create index outbox_of_subject on outbox (subject, created_at);
create index outbox_with_address on outbox (sent_at) where recipient <> '';

create table message_address (
    registration_id text not null references registration (id),
    -- The mailbox to which messages would go, and the address to which they go in its place.
    mailbox text not null,
    email text not null,
    primary key (registration_id, mailbox)
);
