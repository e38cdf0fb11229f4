-- When the desk last wrote to the applicant about more questions, without a change of state.
alter table registration add column questions_at bigint;
-- When the applicant was last reminded of the questions.
alter table registration add column reminded_at bigint;
