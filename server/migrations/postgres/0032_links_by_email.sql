-- A link that is sent by email is made when its message is sent: until then its secret_hash matches no secret. The
-- message names it by this identifier; a link from the command line has none.
alter table officer_link add column id text;
create unique index officer_link_by_id on officer_link (id);
