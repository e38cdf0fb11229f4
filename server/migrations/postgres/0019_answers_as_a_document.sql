-- The answers of a registration become one JSON document, so that a new question needs no column.
-- Columns remain for what statements sort, list or write to by: kind, name, first hearing and the
-- accountable person's e-mail address.
alter table registration add column answers text not null default '{}';
update registration set answers = json_build_object(
    'organisation', json_build_object(
        'kind', kind,
        'name', name,
        'address_line_1', address_line_1,
        'address_line_2', address_line_2,
        'town', town,
        'county', county,
        'postcode', postcode,
        'telephone', telephone,
        'email', email,
        'laa_account_numbers', coalesce(to_json(string_to_array(nullif(laa_account_numbers, ''), chr(10))), '[]'),
        'sra_number', sra_number,
        'bar_number', bar_number,
        'first_court', first_court,
        'first_hearing', first_hearing
    ),
    'accountable_person', json_build_object(
        'first_name', accountable_first_name,
        'last_name', accountable_last_name,
        'job_title', accountable_job_title,
        'email', accountable_email,
        'telephone', accountable_telephone
    ),
    'people', json_build_array(),
    'signature', json_build_object(
        'full_name', signed_by,
        'capacity', signed_as,
        'terms_version', terms_version
    )
)::text;
alter table registration
    drop column address_line_1,
    drop column address_line_2,
    drop column town,
    drop column county,
    drop column postcode,
    drop column telephone,
    drop column email,
    drop column sra_number,
    drop column bar_number,
    drop column first_court,
    drop column laa_account_numbers,
    drop column accountable_first_name,
    drop column accountable_last_name,
    drop column accountable_job_title,
    drop column accountable_telephone,
    drop column signed_by,
    drop column signed_as,
    drop column terms_version;
