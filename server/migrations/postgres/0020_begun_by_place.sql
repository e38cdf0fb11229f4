-- How often each place has begun what anybody can begin: the moment until which its beginnings count, in milliseconds
-- since 1970. Of a place only the hash is kept.
create table begun_by_place (
    what text not null,
    place_hash text not null,
    counts_until bigint not null,
    primary key (what, place_hash)
);
create index begun_by_place_counts_until on begun_by_place (counts_until);
