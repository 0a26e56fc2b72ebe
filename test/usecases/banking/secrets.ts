import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { ManualClock, type Scheduled } from '#domain/clock.ts';
import { openStore } from '#store/database.ts';
import { insertConnection } from '#store/bank-connections.ts';
import type { SecretOwner } from '#store/provider-secrets.ts';
import type { User } from '#store/users.ts';
import { customer, testContext, type TestContext } from '../../support/context.ts';

/** Counts how often a caller waits to ask for the lease again. */
class WatchedClock extends ManualClock {
  waits = 0;

  override schedule(delayMs: number, task: () => void): Scheduled {
    if (delayMs === 250) this.waits += 1;
    return super.schedule(delayMs, task);
  }
}

/** Time stands still, and a caller who waits to ask again asks at once. */
export class EagerClock extends ManualClock {
  override schedule(delayMs: number, task: () => void): Scheduled {
    if (delayMs > 1_000) return super.schedule(delayMs, task);
    const immediate = setImmediate(task);
    return { cancel: () => clearImmediate(immediate) };
  }
}

export interface SecretStand {
  context: TestContext & { clock: WatchedClock };
  user: User;
  consent: SecretOwner;
  /** Another process of Drop on the same database. */
  otherProcess(change?: Partial<TestContext>): TestContext;
}

/** A customer with a consent that is under way. */
export async function secretStand(): Promise<SecretStand> {
  const clock = new WatchedClock();
  const context = { ...(await testContext(clock)), clock };
  const user = await customer(context);
  return {
    context,
    user,
    consent: await pendingConsent(context, user),
    otherProcess(change = {}) {
      const store = openStore(context.store.url);
      onTestFinished(() => store.close());
      return { ...context, store, ...change };
    },
  };
}

/** A consent that `user` has begun and not completed. */
export async function pendingConsent({ store, clock }: TestContext, user: User): Promise<SecretOwner> {
  const id = randomUUID();
  const bank = { provider: 'test', bankId: 'b', bankName: 'B', paymentBankId: 'b' };
  await insertConnection(store.database, { id, userId: user.id, ...bank, state: id, createdAt: clock.now() });
  return { kind: 'consent', id };
}

/** What is stored of `owner`. */
export async function secretRow({ store }: TestContext, { id }: SecretOwner) {
  const { database } = store;
  return database.selectFrom('provider_secrets').selectAll().where('owner_id', '=', id).executeTakeFirst();
}
