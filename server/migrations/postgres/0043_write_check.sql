-- Each check of whether the database can be written adds a row and rolls it back. The rows have no key, so
-- the checks of several servers do not wait for each other.
create table write_check (
    id integer not null,
    checked_at bigint not null,
    padding text not null
);
-- A row that is neither compressed nor stored apart fills a page, so each check needs a page of its own.
alter table write_check alter column padding set storage plain;
