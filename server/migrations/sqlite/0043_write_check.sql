-- One row, which each check of whether the database can be written replaces.
create table write_check (
    id integer not null primary key check (id = 1),
    checked_at bigint not null,
    padding text not null
);
