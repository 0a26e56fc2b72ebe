import { randomUUID } from 'node:crypto';
import { insertSession } from '../../src/store/sessions.ts';
import { linkAccount, type LinkedAccount } from '../open-banking/linked-account.ts';
import type { UseCaseContext } from '../../src/usecases/context.ts';

/** A customer who is signed in and has linked an account. */
export interface PayingCustomer extends LinkedAccount {
  token: string;
}

const dayMs = 86_400_000;
const provider = 'enable-banking';

/** Makes so many customers with a verified address, each with a consent of their own at the emulator's bank. */
export async function insertPayingCustomers(
  context: UseCaseContext,
  count: number,
): Promise<PayingCustomer[]> {
  const customers: PayingCustomer[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const linked = await linkAccount(context, provider);
    customers.push({ ...linked, token: await openSession(context, linked.user.id) });
  }
  await context.store.pool.query(
    `insert into email_addresses (id, user_id, address, status, created_at)
     select gen_random_uuid(), id, id || '@example.no', 'verified', now() from users`,
  );
  return customers;
}

async function openSession({ store, clock }: UseCaseContext, userId: string): Promise<string> {
  const [token, at] = [randomUUID(), clock.now()];
  const session = { id: randomUUID(), token, userId, kind: 'app', userAgent: 'Bench/1.0', at } as const;
  await insertSession(store.database, { ...session, expiresAt: new Date(at.getTime() + dayMs) });
  return token;
}
