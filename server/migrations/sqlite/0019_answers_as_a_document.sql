-- The answers of a registration become one JSON document, so that a new question needs no column.
-- Columns remain for what statements sort, list or write to by: kind, name, first hearing and the
-- accountable person's e-mail address.
alter table registration add column answers text not null default '{}';
update registration set answers = json_object(
    'organisation', json_object(
        'kind', kind,
        'name', name,
        'address_line_1', address_line_1,
        'address_line_2', address_line_2,
        'town', town,
        'county', county,
        'postcode', postcode,
        'telephone', telephone,
        'email', email,
        'laa_account_numbers', case laa_account_numbers when '' then json('[]')
            else json('["' || replace(laa_account_numbers, char(10), '","') || '"]') end,
        'sra_number', sra_number,
        'bar_number', bar_number,
        'first_court', first_court,
        'first_hearing', first_hearing
    ),
    'accountable_person', json_object(
        'first_name', accountable_first_name,
        'last_name', accountable_last_name,
        'job_title', accountable_job_title,
        'email', accountable_email,
        'telephone', accountable_telephone
    ),
    'people', json('[]'),
    'signature', json_object(
        'full_name', signed_by,
        'capacity', signed_as,
        'terms_version', terms_version
    )
);
alter table registration drop column address_line_1;
alter table registration drop column address_line_2;
alter table registration drop column town;
alter table registration drop column county;
alter table registration drop column postcode;
alter table registration drop column telephone;
alter table registration drop column email;
alter table registration drop column sra_number;
alter table registration drop column bar_number;
alter table registration drop column first_court;
alter table registration drop column laa_account_numbers;
alter table registration drop column accountable_first_name;
alter table registration drop column accountable_last_name;
alter table registration drop column accountable_job_title;
alter table registration drop column accountable_telephone;
alter table registration drop column signed_by;
alter table registration drop column signed_as;
alter table registration drop column terms_version;
