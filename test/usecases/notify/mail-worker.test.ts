import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Mail, MailVerdict } from '#services/email/service.ts';
import { addEntries } from '#store/outbox/entries.ts';
import { startMailWorker, type MailWorker } from '#usecases/notify/mail-worker.ts';
import { customer, testContext, type TestContext } from '../../support/context.ts';

async function stand(send: (mail: Mail) => Promise<MailVerdict>) {
  const context = await testContext();
  const email = { servers: ['primary'] as const, send, onBounce: () => undefined };
  context.services = { ...context.services, email };
  return context;
}

/** A mail to a customer of its own, and perhaps further ones to them. */
async function write(context: TestContext, { further = 0 } = {}): Promise<void> {
  const at = context.clock.now();
  const { id: userId } = await customer(context);
  const { database } = context.store;
  await database
    .insertInto('email_addresses')
    .values({
      id: randomUUID(),
      user_id: userId,
      address: `${userId}@example.no`,
      status: 'verified',
      created_at: at,
    })
    .execute();
  for (let count = 0; count <= further; count += 1) await addMail(context, userId);
}

async function addMail({ store, clock }: TestContext, userId: string): Promise<void> {
  const to = { channel: 'mail', recipient: `user:${userId}`, userId } as const;
  const entry = { ...to, id: randomUUID(), code: 'verification_approved', parameters: {}, at: clock.now() };
  await addEntries(store.database, [entry]);
}

function start(context: TestContext): MailWorker {
  const worker = startMailWorker(context);
  onTestFinished(() => worker.stop());
  return worker;
}

const statuses = async ({ store }: TestContext): Promise<string[]> => {
  const rows = await store.database.selectFrom('outbox').select('status').execute();
  return rows.map(({ status }) => status);
};

test('mails that wait are sent when the worker is woken', async () => {
  const sent: Mail[] = [];
  const context = await stand(async (mail) => {
    sent.push(mail);
    return { kind: 'accepted' };
  });
  const worker = start(context);
  for (let count = 0; count < 50; count += 1) await write(context);
  worker.wake();
  await vi.waitFor(
    async () => expect(new Set(await statuses(context))).toEqual(new Set(['delivered'])),
    60_000,
  );
  expect(sent).toHaveLength(50);
});

test('a mail by itself is found with one look', async () => {
  const context = await stand(async () => ({ kind: 'accepted' }));
  let looks = 0;
  const { entropy } = context;
  // Each look has a claim of its own.
  context.entropy = {
    ...entropy,
    uuid() {
      looks += 1;
      return entropy.uuid();
    },
  };
  await write(context);
  const worker = start(context);
  context.clock.advance(0);
  await vi.waitFor(async () => expect(await statuses(context)).toEqual(['delivered']), 60_000);
  await worker.stop();
  expect(looks).toBe(1);
});

test('the mails of one customer follow each other without an announcement', async () => {
  const context = await stand(async () => ({ kind: 'accepted' }));
  await write(context, { further: 2 });
  start(context);
  context.clock.advance(0);
  const all = ['delivered', 'delivered', 'delivered'];
  await vi.waitFor(async () => expect(await statuses(context)).toEqual(all), 60_000);
});

test('a mail that is announced while another one to the customer is in hand follows it', async () => {
  const first = Promise.withResolvers<MailVerdict>();
  const other = Promise.withResolvers<undefined>();
  let count = 0;
  const context = await stand(async () => {
    count += 1;
    if (count === 1) return first.promise;
    other.resolve(undefined);
    return { kind: 'accepted' };
  });
  await write(context);
  const worker = start(context);
  context.clock.advance(0);
  await vi.waitFor(() => expect(count).toBe(1), 60_000);
  const userIds = await context.store.database.selectFrom('outbox').select('user_id as userId').execute();
  await addMail(context, userIds[0]?.userId ?? '');
  await write(context);
  worker.wake();
  // The look of that wake has found the first one in hand.
  await other.promise;
  first.resolve({ kind: 'accepted' });
  const all = ['delivered', 'delivered', 'delivered'];
  await vi.waitFor(async () => expect(await statuses(context)).toEqual(all), 60_000);
});

test('a server that hangs for one mail does not hold up the others', async () => {
  const hanging = Promise.withResolvers<MailVerdict>();
  let count = 0;
  const context = await stand(() => {
    count += 1;
    return count === 1 ? hanging.promise : Promise.resolve({ kind: 'accepted' });
  });
  const worker = start(context);
  for (let written = 0; written < 30; written += 1) await write(context);
  worker.wake();
  await vi.waitFor(
    async () => expect((await statuses(context)).filter((each) => each === 'delivered')).toHaveLength(29),
    60_000,
  );
  hanging.resolve({ kind: 'accepted' });
});

test('a worker that stops waits for the mails in hand, and takes no more', async () => {
  const answer = Promise.withResolvers<MailVerdict>();
  const begun = Promise.withResolvers<undefined>();
  const context = await stand(() => {
    begun.resolve(undefined);
    return answer.promise;
  });
  const worker = start(context);
  await write(context);
  worker.wake();
  await begun.promise;
  const stopped = worker.stop();
  await write(context);
  worker.wake();
  answer.resolve({ kind: 'accepted' });
  await stopped;
  expect((await statuses(context)).toSorted()).toEqual(['delivered', 'waiting']);
});

test('two workers send each mail once', async () => {
  const ids: string[] = [];
  const context = await stand(async ({ id }) => {
    ids.push(id);
    return { kind: 'accepted' };
  });
  const workers = [start(context), start(context)];
  for (let count = 0; count < 40; count += 1) await write(context);
  for (const worker of workers) worker.wake();
  await vi.waitFor(
    async () => expect(new Set(await statuses(context))).toEqual(new Set(['delivered'])),
    60_000,
  );
  expect(new Set(ids).size).toBe(40);
  expect(ids).toHaveLength(40);
});

test('mails beyond those of a second are left alone until it is over', async () => {
  const context = await stand(async () => ({ kind: 'accepted' }));
  for (let count = 0; count < 80; count += 1) await write(context);
  const worker = startMailWorker(context, { perSecondMax: 5 });
  onTestFinished(() => worker.stop());
  worker.wake();
  await vi.waitFor(async () => expect(await claims(context)).toMatchObject({ inHand: 0, sent: 5 }), 60_000);
  const { sent, putOff } = await claims(context);
  expect(sent + putOff).toBeLessThan(60);
});

test('mails that had to wait for the next second are sent in it', async () => {
  const context = await stand(async () => ({ kind: 'accepted' }));
  for (let count = 0; count < 30; count += 1) await write(context);
  const worker = startMailWorker(context, { perSecondMax: 10 });
  onTestFinished(() => worker.stop());
  await vi.waitFor(async () => {
    context.clock.advance(1_000);
    expect(new Set(await statuses(context))).toEqual(new Set(['delivered']));
  }, 60_000);
});

async function claims({ store, clock }: TestContext) {
  const rows = await store.database.selectFrom('outbox').select(['status', 'due_at', 'claim']).execute();
  return {
    sent: rows.filter(({ status }) => status === 'delivered').length,
    putOff: rows.filter(({ due_at: dueAt }) => dueAt !== null && dueAt > clock.now()).length,
    inHand: rows.filter(({ claim }) => claim !== null).length,
  };
}
