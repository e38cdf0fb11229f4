-- Whether an officer uses the keyboard shortcuts of the desk. The same column as in the other folder.
alter table officer add column has_shortcuts boolean not null default true;
