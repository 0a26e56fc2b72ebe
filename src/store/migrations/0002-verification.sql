-- What Sumsub said of a customer: ids, labels, times. No documents, no pictures.

create table kyc_applicants (
  user_id uuid not null references users (id) on delete cascade,
  -- An approval holds for the level it was given at.
  level_name text not null,
  applicant_id text not null unique,
  kyc_status text not null
    check (kyc_status in ('none', 'pending', 'queued', 'approved', 'rejected')),
  can_retry boolean not null,
  reject_labels text[] not null default '{}',
  customer_comment text,
  checked_at timestamptz not null,
  primary key (user_id, level_name)
);
create index kyc_applicants_open on kyc_applicants (checked_at) where kyc_status in ('pending', 'queued');
