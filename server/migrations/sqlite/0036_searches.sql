-- What an officer has searched for, so that no address, history or log has a name in it. The address has the identifier.
create table officer_search (
    id text not null primary key,
    officer_id text not null references officer (id),
    words text not null,
    expires_at bigint not null
);
create index officer_search_of_officer on officer_search (officer_id);
create index officer_search_by_end on officer_search (expires_at);
