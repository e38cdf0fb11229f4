-- The ends of the words of registrations: a search for the middle of a word is the beginning of one of them.
create table word_end (
    part text collate "C" not null,
    word text collate "C" not null,
    primary key (part, word)
);
create index word_end_of_word on word_end (word);
-- Requests are indexed again, with their telephone numbers as they are dialled.
update format_request set phrases = '';
-- When the second officer sent a decision back; null once it is decided or proposed again.
alter table registration add column sent_back_at bigint;
