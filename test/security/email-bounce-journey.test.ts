import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { addEntries } from '#store/outbox/entries.ts';
import { insertUser } from '#store/users.ts';
import { startCanaryStack, type CanaryStack } from './canary/stack.ts';

const address = 'ragnhild.canary@example.com';

/** A customer with an address, and a mail to them that waits. */
async function waitingMail({ store: { database } }: CanaryStack): Promise<void> {
  const [id, at] = [randomUUID(), systemClock.now()];
  const person = { id, nationalIdHash: id, nationalIdHashKeyId: '1', issuer: 'test', subject: id, at };
  await insertUser(database, { ...person, name: 'Kari Test' });
  const confirmed = { status: 'verified', created_at: at } as const;
  await database
    .insertInto('email_addresses')
    .values({ id: randomUUID(), user_id: id, address, ...confirmed })
    .execute();
  const entry = { id: randomUUID(), channel: 'mail', recipient: `user:${id}`, userId: id, at } as const;
  await addEntries(database, [{ ...entry, code: 'verification_approved', parameters: {} }]);
}

test('a mail that bounces after it was accepted ends the mails to its address', async () => {
  const stack = await startCanaryStack();
  const { database } = stack.store;
  await stack.act('email', 'bounce_next', { status: '5.1.1' });
  await waitingMail(stack);
  await vi.waitFor(async () => {
    const suppressed = await database.selectFrom('suppressed_addresses').select('reason').execute();
    expect(suppressed).toEqual([{ reason: 'failed, 5.1.1: the address' }]);
  }, 60_000);
  const inbox = await database.selectFrom('webhook_inbox').select(['provider', 'raw_body']).execute();
  expect(inbox).toEqual([expect.objectContaining({ provider: 'email' })]);
  expect(inbox[0]?.raw_body.toString()).toContain('"statusCode":"5.1.1"');

  const left = [...(await stack.end())];
  const holding = left.filter(([, held]) => held.includes('ragnhild')).map(([place]) => place);
  expect(holding).toEqual(['database email_addresses.address']);
});
