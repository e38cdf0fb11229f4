-- The SHA-256 of the file from which a form was taken in, so that an officer who takes in the same file again is told.
-- The same column as in the other folder.
alter table draft add column taken_in_sha256 text;
create index draft_by_file on draft (taken_in_sha256) where taken_in_sha256 is not null;
