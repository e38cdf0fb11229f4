-- Spreadsheets that are being read and those that wait for their sender's word. The same tables as in the
-- other folder.

-- The reading of a draft's latest file, so that any server can tell how far it has got.
create table spreadsheet_reading (
    draft_id text not null primary key references draft (id) on delete cascade,
    -- Which of several files: the reading of an earlier one has nothing to say any more.
    id text not null,
    -- Empty for cells that were pasted.
    file_name text not null,
    -- reading, stopped or refused.
    state text not null,
    thousandths bigint not null,
    -- Why it was refused, as JSON.
    refusal text not null default '',
    -- The pasted cells, while they are not read, so that nobody pastes them twice.
    pasted text not null default '',
    -- Whether it holds the rows of the waiting file that were put right.
    brings_back boolean not null,
    -- When its server last said that it goes on.
    seen_at bigint not null
);

-- The latest file that was read: its rows are nobody's users until their sender says so.
create table spreadsheet_waiting (
    draft_id text not null primary key references draft (id) on delete cascade,
    file_name text not null,
    -- table where its sender has yet to name its columns, else intake.
    kind text not null,
    -- The rows as JSON.
    content text not null,
    -- Whether its sender has tried to name the columns: from then on the page shows what is missing.
    is_answered boolean not null default false,
    -- Counts the changes, so that none is made to what somebody else has changed.
    version bigint not null,
    -- Counts the changes after which a row stands in another place.
    round bigint not null
);

-- What the sender said about headings, for the next file.
create table spreadsheet_mapping (
    draft_id text not null primary key references draft (id) on delete cascade,
    mapping text not null
);
