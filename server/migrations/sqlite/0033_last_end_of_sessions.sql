-- When a session of an applicant ends even if it is in use. A session from before this has null and is not extended
-- any more; a session of an officer on behalf of an organisation has null and ends with the officer's own.
alter table session add column last_end bigint;
