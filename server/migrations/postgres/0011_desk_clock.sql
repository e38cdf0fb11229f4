-- Who has a registration, and how much of the desk's target it has used up.

-- The officer who has it, or had it last.
alter table registration add column officer_id text references officer (id);
-- Working days that were used up when the clock last stood still.
alter table registration add column clock_days bigint not null default 0;
-- Since which day the clock runs, in days since 1 January 1970 in London; null while it stands still.
alter table registration add column clock_since bigint;
update registration set clock_since = sent_at / 86400000 where state in ('received', 'being-checked');
