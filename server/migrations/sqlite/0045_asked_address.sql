-- The page that asks for a code shows the address to which the code was sent. The row is deleted
-- within a day, and when the person is erased.
alter table way_in_request add column email text not null default '';
alter table way_in_request add column confirms boolean not null default false;
