-- What an account was before its last change, as JSON, so that the change can be undone while nothing else has
-- changed the account; and the last batch that contained the account.
alter table registration_user add column before_change text;
alter table registration_user add column last_batch bigint references account_batch (number);
update registration_user set last_batch = batch where batch is not null;
create index registration_user_by_last_batch on registration_user (last_batch) where last_batch is not null;

-- When the activation emails of a batch were sent, as the officer says; the number of accounts that were in the
-- batch when it was marked as sent or undone.
alter table account_batch add column sent_at bigint;
alter table account_batch add column closed_users bigint;
update account_batch set sent_at = closed_at where state = 'sent';

-- A form at the desk that its officer has not sent yet, so that going back loses no words.
create table desk_form (
    officer_id text not null references officer (id),
    -- The subject as in the audit, such as registration/CP-7K3M-9QXF.
    subject text not null,
    -- The page of the subject, such as ask.
    page text not null,
    -- Names and values of the fields as JSON.
    fields text not null,
    expires_at bigint not null,
    primary key (officer_id, subject, page)
);
create index desk_form_of_subject on desk_form (subject);
create index desk_form_by_end on desk_form (expires_at);
