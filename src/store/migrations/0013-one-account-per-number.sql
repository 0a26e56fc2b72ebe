-- An account is one per customer, account number and currency. Which consents reach it is a table of its own, and a
-- balance has a currency of its own.

create table bank_account_consents (
  -- In the order in which they were granted.
  id bigint generated always as identity,
  account_id uuid not null references bank_accounts (id) on delete cascade,
  connection_id uuid not null references bank_connections (id) on delete cascade,
  provider text not null,
  -- Reads the account at the provider, as long as the consent lives.
  reference text not null,
  -- The provider's own name for the account, stable over re-consent.
  identity text,
  created_at timestamptz not null,
  primary key (account_id, connection_id)
);
create index bank_account_consents_connection on bank_account_consents (connection_id);

-- Every account with the one that it becomes part of: the oldest of the same customer, number and currency. XXX is
-- ISO 4217's "no currency": not known, and the same as the one currency that is known of that number.
create temporary table account_moves on commit drop as
with named as (
  select id, user_id, created_at, coalesce(account_number, provider || ':' || identity) as key,
    case when currency ~ '^[A-Z]{3}$' then currency else 'XXX' end as currency
  from bank_accounts
), resolved as (
  select named.id, named.user_id, named.created_at, named.key,
    case when named.currency <> 'XXX' then named.currency
      else coalesce((
        select min(other.currency) from named other
        where other.user_id = named.user_id and other.key = named.key and other.currency <> 'XXX'
        having count(distinct other.currency) = 1
      ), 'XXX')
    end as currency
  from named
)
select id, currency,
  first_value(id) over (partition by user_id, key, currency order by created_at, id) as kept_id
from resolved;
create unique index on account_moves (id);

-- When a consent was granted is when the customer came back from it.
insert into bank_account_consents (account_id, connection_id, provider, reference, identity, created_at)
select account_id, connection_id, provider, reference, identity, granted_at
from (
  select distinct on (moves.kept_id, account.connection_id)
    moves.kept_id as account_id, account.connection_id, account.provider, account.reference, account.identity,
    coalesce(connection.returned_at, connection.created_at) as granted_at
  from account_moves moves
  join bank_accounts account on account.id = moves.id
  join bank_connections connection on connection.id = account.connection_id
  order by moves.kept_id, account.connection_id, account.created_at desc, account.id desc
) granted
order by granted_at, connection_id;

alter table bank_accounts add column balance_currency text;

-- The newest balance and the newest name of those that become one.
update bank_accounts kept set
  currency = moves.currency,
  name = (
    select account.name from account_moves part
    join bank_accounts account on account.id = part.id
    join bank_connections connection on connection.id = account.connection_id
    where part.kept_id = kept.id and account.name is not null
    order by coalesce(connection.returned_at, connection.created_at) desc, account.id desc limit 1
  ),
  (balance, balance_type, balance_at, balance_currency) = (
    select account.balance, account.balance_type, account.balance_at,
      case when account.balance is not null then moves.currency end
    from account_moves part
    join bank_accounts account on account.id = part.id
    where part.kept_id = kept.id
    order by account.balance_at desc nulls last, account.id desc limit 1
  )
from account_moves moves
where moves.id = kept.id and moves.kept_id = kept.id;

update transactions set account_id = moves.kept_id
from account_moves moves
where moves.id = transactions.account_id and moves.kept_id <> moves.id;

delete from bank_accounts using account_moves moves
where moves.id = bank_accounts.id and moves.kept_id <> moves.id;

alter table bank_accounts drop constraint bank_accounts_user_id_provider_identity_key;
alter table bank_accounts alter column identity drop not null;
-- Only where there is no number: the provider, and its own name for the account.
update bank_accounts set identity = case when account_number is null then provider || ':' || identity end;
alter table bank_accounts
  drop column connection_id,
  drop column provider,
  drop column reference,
  add check (account_number is not null or identity is not null),
  add check ((balance is null) = (balance_currency is null));
create unique index bank_accounts_key on bank_accounts (user_id, coalesce(account_number, identity), currency);
