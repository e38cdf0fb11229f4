-- In which language each person is written to, en or cy; and where somebody goes on who has said which of two
-- answers to keep.

-- Chosen for the messages of the draft, and so of the registration that it becomes.
alter table draft add column language text not null default 'en';
-- Chosen for this address alone; nothing where it has the language of the draft, whatever that is by then.
alter table draft_address add column language text;
-- What the address is to have once this has confirmed it.
alter table way_in add column language text;
-- By which address the browser came, if by one.
alter table session add column mailbox text;
alter table format_request add column language text not null default 'en';

-- Where the page was opened from, task or check, and whether its person was leaving.
alter table two_answers add column origin text not null default 'task';
alter table two_answers add column leaves boolean not null default false;
