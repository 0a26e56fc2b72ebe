import { randomUUID } from 'node:crypto';
import { secretStateOf } from '../../src/usecases/banking/secret-state.ts';
import { secretsPlace } from '../../src/store/provider-secrets.ts';
import type { UseCaseContext } from '../../src/usecases/context.ts';
import { asCopy, type Copies } from './copies.ts';
import { linkAccount, type LinkedAccount } from './linked-account.ts';

/** A customer, a consent and an account for each, spread evenly over the live providers. */
export async function fill(context: UseCaseContext, control: string, count: number): Promise<void> {
  const providers = context.services.openBanking.all();
  for (const [index, { id }] of providers.entries()) {
    const share = Math.floor(count / providers.length) + (index < count % providers.length ? 1 : 0);
    const linked = await linkAccount(context, id);
    const copies = await copyAtBank(control, linked, share);
    await copyInDrop(context, linked, copies);
    await forget(context, linked);
  }
  await context.store.pool.query('analyze');
}

async function copyAtBank(control: string, { account }: LinkedAccount, count: number): Promise<Copies> {
  const body = JSON.stringify({ name: account.provider, reference: account.consentReference, count });
  const answer = await fetch(`${control}/copies`, { method: 'POST', body });
  if (!answer.ok) throw new RangeError(`${account.provider} has no consent to copy`);
  return (await answer.json()) as Copies;
}

/** The first consent was there to be copied: what is counted is the copies. */
async function forget({ store }: UseCaseContext, { user, account }: LinkedAccount): Promise<void> {
  await store.pool.query('delete from bank_account_consents where account_id = $1', [account.id]);
  await store.pool.query('delete from bank_accounts where user_id = $1', [user.id]);
  await store.pool.query('delete from bank_connections where user_id = $1', [user.id]);
}

async function copyInDrop(context: UseCaseContext, linked: LinkedAccount, copies: Copies): Promise<void> {
  const { account } = linked;
  const { from, to } = copies;
  const { connectionId, consentReference = '' } = account;
  const kept = await secretStateOf(context, { kind: 'consent', id: connectionId }).read();
  const rows = to.map((ids) => {
    const id = randomUUID();
    const place = secretsPlace({ kind: 'consent', id });
    return {
      id,
      customer_id: randomUUID(),
      account_id: randomUUID(),
      consent: asCopy(consentReference, from, ids),
      account: asCopy(account.reference, from, ids),
      sealed: kept && context.sealer.seal(asCopy(JSON.stringify(kept), from, ids), place),
    };
  });
  for (const statement of statements)
    await context.store.pool.query(statement, [JSON.stringify(rows), connectionId]);
}

const given = `jsonb_to_recordset($1::jsonb) as given
  (id uuid, customer_id uuid, account_id uuid, consent text, account text, sealed text)`;
const copied = `bank_connections as first where first.id = $2::uuid`;
/** A consent that was begun long ago is reminded of and read. */
const begun = `interval '100 days'`;

/** Each sees `$1`, the copies, and `$2`, the connection that is copied. */
const statements: readonly string[] = [
  `insert into users (id, national_id_hash, national_id_hash_key_id, bankid_issuer, bankid_subject, name, kyc_status,
     created_at)
   select customer_id, customer_id, '1', 'bench', customer_id, 'Kari Test', 'approved', now() from ${given}, ${copied}`,
  `insert into email_addresses (id, user_id, address, status, created_at)
   select gen_random_uuid(), customer_id, customer_id || '@example.no', 'verified', now() from ${given}, ${copied}`,
  `insert into bank_connections (id, user_id, provider, bank_id, bank_name, payment_bank_id, status, state_hash,
     consent_reference, valid_until, created_at)
   select given.id, given.customer_id, provider, bank_id, bank_name, payment_bank_id, 'active', uuid_send(given.id),
     consent, now() + interval '80 days', now() - ${begun} from ${given}, ${copied}`,
  `insert into provider_secrets (connection_id, sealed, expires_at)
   select given.id, given.sealed, now() + interval '80 days' from ${given}, ${copied} and given.sealed is not null`,
  `insert into bank_accounts (id, user_id, account_number, currency, balance, balance_currency, balance_at, created_at)
   select account_id, given.customer_id, '12345678903', 'NOK', 0, 'NOK', now() - ${begun}, now() - ${begun}
   from ${given}, ${copied}`,
  `insert into bank_account_consents (account_id, connection_id, provider, reference, created_at)
   select account_id, given.id, provider, account, now() - ${begun} from ${given}, ${copied}`,
];
