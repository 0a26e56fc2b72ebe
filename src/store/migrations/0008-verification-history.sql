-- How a verdict came about, who looked at it, and when it is read again.

alter table kyc_applicants
  -- Whether the provider still has the applicant; the time is the provider's, by which events are ordered.
  add column presence text not null default 'present'
    check (presence in ('present', 'deactivated', 'deleted')),
  add column presence_at timestamptz,
  -- When the verdict is read again though nothing was heard; null while the review is asked about anyway.
  add column rescreen_at timestamptz,
  -- Counts what was read, so that of two readings that cross the older is not kept.
  add column readings integer not null default 0;
update kyc_applicants set rescreen_at = checked_at where kyc_status in ('approved', 'rejected');
drop index kyc_applicants_open;
create index kyc_applicants_open on kyc_applicants (checked_at)
  where kyc_status in ('none', 'pending', 'queued') and presence <> 'deleted';
create index kyc_applicants_rescreen on kyc_applicants (rescreen_at) where rescreen_at is not null;

-- Every change of a verdict, with what told of it. Only ever added to. It outlives the person's row, since the acts on
-- money laundering ask for it after the customer has gone.
create table kyc_verdict_changes (
  id bigint generated always as identity primary key,
  user_id uuid not null,
  level_name text not null,
  applicant_id text not null,
  evidence text not null check (evidence in ('initiate', 'webhook', 'poll', 'rescreen')),
  from_status text not null,
  kyc_status text not null
    check (kyc_status in ('none', 'pending', 'queued', 'approved', 'rejected')),
  can_retry boolean not null,
  presence text not null,
  -- As read back, in the words that Drop knows; null where there was nothing to read.
  review_status text,
  review_answer text,
  reject_type text,
  reject_labels text[] not null default '{}',
  -- [{"name", "outcome", "rejectLabels"}]; null where they were not or could not be read.
  checks jsonb,
  at timestamptz not null
);
create index kyc_verdict_changes_user on kyc_verdict_changes (user_id, id);

-- Who was shown or read a person's verification, and why. Kept for five years.
create table kyc_access_log (
  id bigint generated always as identity primary key,
  user_id uuid not null,
  actor text not null check (actor in ('person', 'job', 'operator')),
  -- The job's or the operator's name; empty for the person.
  actor_name text not null,
  what text not null,
  why text not null check (why <> ''),
  at timestamptz not null,
  day date not null
);
create index kyc_access_log_user on kyc_access_log (user_id, id);
create index kyc_access_log_at on kyc_access_log (at);
-- A page that asks every few seconds, and a job that asks every minute, are one access a day; an operator's each count.
create unique index kyc_access_log_once_a_day on kyc_access_log (user_id, actor, actor_name, what, day)
  where actor <> 'operator';

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is only ever added to', tg_table_name;
end $$;
create trigger kyc_verdict_changes_stand before update or truncate on kyc_verdict_changes
  for each statement execute function refuse_change();
create trigger kyc_access_log_stands before update or truncate on kyc_access_log
  for each statement execute function refuse_change();
create trigger kyc_access_log_is_kept before delete on kyc_access_log
  for each row when (old.at > now() - interval '5 years' + interval '1 day') execute function refuse_change();
