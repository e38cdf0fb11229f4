-- Two people on one draft: who saved a page last, and what the other entered until they say which to keep.

-- The SHA-256 of the cookie that saved it; empty where that is not known.
alter table draft_page add column saved_by text not null default '';
alter table draft_user add column saved_by text not null default '';

-- Answers that were not kept because somebody else had changed their page or user, as JSON.
create table two_answers (
    token_hash text not null references session (token_hash) on delete cascade,
    page text not null,
    answers text not null,
    primary key (token_hash, page)
);
