-- Sign-in from the mobile app, and sessions that belong to it.

-- A sign-in belongs to a browser (its cookie) or to an app (the challenge of a verifier that only the app has).
alter table sign_in_transactions alter column browser_hash drop not null;
alter table sign_in_transactions add column app_challenge text;
alter table sign_in_transactions add constraint sign_in_transactions_belong
  check ((browser_hash is null) <> (app_challenge is null));

-- What crosses the app's URL scheme: of use once, for a minute at most, and only to the app that began the sign-in.
create table sign_in_tickets (
  ticket_hash bytea primary key,
  app_challenge text not null,
  user_id uuid not null references users (id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  consumed_at timestamptz
);
create index sign_in_tickets_expiry on sign_in_tickets (expires_at);

alter table sessions add column kind text not null default 'browser' check (kind in ('browser', 'app'));
