-- Who an officer is at the department's provider: its issuer and the subject that it gave at the first sign-in. The
-- email address decides at that first sign-in alone.
create table officer_subject (
    issuer text not null,
    subject text not null,
    officer_id text not null references officer (id),
    bound_at bigint not null,
    primary key (issuer, subject),
    unique (officer_id, issuer)
);
