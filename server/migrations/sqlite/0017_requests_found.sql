-- By which words a request for another format is found, in the form in which they are compared. The same in the other
-- folder. Those that have none yet get them when the service starts.

alter table format_request add column phrases text not null default '';
create index format_request_without_phrases on format_request (id) where phrases = '';
