-- A browser in which an officer has signed in: attempts to guess an account from anywhere else do not slow it down.
-- Only the SHA-256 of its cookie is kept.
create table officer_browser (
    token_hash text not null,
    officer_id text not null references officer (id),
    used_at bigint not null,
    primary key (token_hash, officer_id)
);
create index officer_browser_of_officer on officer_browser (officer_id);
create index officer_browser_by_use on officer_browser (used_at);

-- Whether an attempt came from such a browser, or from an officer who was signed in. A source is a place, such a
-- browser or a session.
alter table officer_try add column is_known boolean not null default false;
