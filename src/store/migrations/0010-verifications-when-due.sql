-- One verification for each customer, at the level that is asked for; when it is read again; what is deleted when.

-- Sumsub has one applicant for a customer, whatever the level.
delete from kyc_applicants as older using kyc_applicants as newer
  where older.user_id = newer.user_id
    and (older.checked_at, older.level_name) < (newer.checked_at, newer.level_name);
alter table kyc_applicants drop constraint kyc_applicants_pkey, add primary key (user_id);
create index kyc_applicants_level on kyc_applicants (level_name);

alter table kyc_applicants rename column rescreen_at to due_at;
-- Since when the verdict is what it is, or the customer last went on: the longer, the more rarely it is read again.
alter table kyc_applicants add column stands_since timestamptz;
update kyc_applicants set stands_since = checked_at,
  due_at = case when presence <> 'deleted' then coalesce(due_at, checked_at) end;
alter table kyc_applicants alter column stands_since set not null;
drop index kyc_applicants_open, kyc_applicants_rescreen;
create index kyc_applicants_due on kyc_applicants (due_at) where kyc_status in ('none', 'pending', 'queued');
create index kyc_applicants_due_again on kyc_applicants (due_at) where kyc_status in ('approved', 'rejected');

alter table kyc_verdict_changes drop constraint kyc_verdict_changes_evidence_check,
  add constraint kyc_verdict_changes_evidence_check
    check (evidence in ('initiate', 'webhook', 'poll', 'rescreen', 'level'));

-- Who is no longer a customer, and since when: verdicts are kept for five years from then.
create table former_customers (
  user_id uuid primary key,
  gone_at timestamptz not null
);
create index former_customers_gone on former_customers (gone_at);
insert into former_customers (user_id, gone_at)
  select distinct user_id, now() from kyc_verdict_changes as change
  where not exists (select from users where users.id = change.user_id);

create function remember_former_customer() returns trigger language plpgsql as $$
begin
  insert into former_customers (user_id, gone_at) values (old.id, now()) on conflict do nothing;
  return old;
end $$;
create trigger users_are_remembered after delete on users
  for each row execute function remember_former_customer();
create trigger former_customers_stand before update or truncate on former_customers
  for each statement execute function refuse_change();
create trigger former_customers_are_kept before delete on former_customers
  for each row when (old.gone_at > now() - interval '5 years') execute function refuse_change();

create function refuse_early_deletion() returns trigger language plpgsql as $$
begin
  if not exists (
    select from former_customers
    where former_customers.user_id = old.user_id and gone_at <= now() - interval '5 years'
  ) then
    raise exception '% is kept for five years after the customer has gone', tg_table_name;
  end if;
  return old;
end $$;
create trigger kyc_verdict_changes_are_kept before delete on kyc_verdict_changes
  for each row execute function refuse_early_deletion();
