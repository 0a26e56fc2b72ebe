import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createChangeFeed } from '#http/change-feed.ts';
import { notify, type NewNotice } from '#usecases/notify/notify.ts';
import type { NoticeCode } from '#domain/notice/notices.ts';
import { testContext } from '../support/context.ts';
import { signedIn, testApp, type SignedIn } from '../support/http-app.ts';

interface Page {
  notifications: { id: string; code: string; title: string; isRead: boolean; path: string }[];
  unread: number;
  nextCursor: string | null;
}

async function stand() {
  const context = await testContext();
  const app = testApp(context, createChangeFeed());
  const customer = await signedIn(context);
  const tell = async <Code extends NoticeCode>(notice: Omit<NewNotice<Code>, 'userId'>, of = customer) =>
    context.store.database
      .transaction()
      .execute((transaction) => notify(context, transaction, { ...notice, userId: of.user.id }));
  return {
    context,
    app,
    customer,
    tell,
    async approve(count: number, of = customer) {
      for (let told = 0; told < count; told += 1)
        await tell({ code: 'verification_approved', parameters: {} }, of);
    },
    async list(query = '', headers: Record<string, string> = customer.headers): Promise<Page> {
      const answer = await app.request(`/api/notifications${query}`, { headers });
      expect(answer.status).toBe(200);
      return (await answer.json()) as Page;
    },
    async read(upTo: unknown, of: Pick<SignedIn, 'headers'> = customer): Promise<number> {
      const headers = { ...of.headers, 'content-type': 'application/json' };
      const body = JSON.stringify({ upTo });
      return (await app.request('/api/notifications/read', { method: 'POST', headers, body })).status;
    },
  };
}

/** An entry as another version of Drop could have written it. */
async function insert(
  { context, customer }: Awaited<ReturnType<typeof stand>>,
  code: string,
  parameters = {},
) {
  await context.store.database
    .insertInto('outbox')
    .values({
      id: randomUUID(),
      channel: 'app',
      recipient: `user:${customer.user.id}`,
      user_id: customer.user.id,
      code,
      parameters: JSON.stringify(parameters),
      created_at: context.clock.now(),
      status: 'delivered',
    })
    .execute();
}

test('an inbox without entries is an empty page', async () => {
  const { list } = await stand();
  expect(await list()).toEqual({ notifications: [], unread: 0, nextCursor: null });
});

test('an entry has its texts in the language of the request, and the screen that shows its subject', async () => {
  const { list, approve, customer, context } = await stand();
  await approve(1);
  expect(await list()).toEqual({
    notifications: [
      {
        id: expect.any(String) as string,
        code: 'verification_approved',
        title: 'Identiteten din er bekreftet',
        body: 'Nå kan du koble til banken din og betale med Drop.',
        path: '/verify',
        createdAt: context.clock.now().toISOString(),
        isRead: false,
      },
    ],
    unread: 1,
    nextCursor: null,
  });
  const inEnglish = await list('', { ...customer.headers, 'accept-language': 'en' });
  expect(inEnglish.notifications).toMatchObject([{ title: 'Your identity has been verified' }]);
});

test('a visitor gets no inbox and marks nothing', async () => {
  const { app, read } = await stand();
  expect((await app.request('/api/notifications')).status).toBe(401);
  expect(await read(randomUUID(), { headers: { cookie: '' } })).toBe(401);
});

test('a customer sees no entries of another, whatever cursor they send', async () => {
  const { context, list, approve } = await stand();
  const other = await signedIn(context);
  await approve(1);
  await approve(2, other);
  const [newest] = (await list('', other.headers)).notifications;
  expect((await list()).notifications).toHaveLength(1);
  expect((await list(`?cursor=${newest?.id}`)).notifications).toEqual([]);
});

test('a customer marks no entries of another', async () => {
  const { context, list, read, approve } = await stand();
  const other = await signedIn(context);
  await approve(1, other);
  const [entry] = (await list('', other.headers)).notifications;
  expect(await read(entry?.id)).toBe(404);
  expect((await list('', other.headers)).unread).toBe(1);
});

test('65 entries are three pages, the newest first, each entry once', async () => {
  const { list, approve } = await stand();
  await approve(65);
  const pages: Page[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Page = await list(cursor === '' ? '' : `?cursor=${cursor}`);
    pages.push(page);
    cursor = page.nextCursor;
  }
  expect(pages.map(({ notifications }) => notifications.length)).toEqual([30, 30, 5]);
  expect(pages.map(({ unread }) => unread)).toEqual([65, 65, 65]);
  expect(new Set(pages.flatMap(({ notifications }) => notifications.map(({ id }) => id))).size).toBe(65);
});

test('exactly one page has no next page', async () => {
  const { list, approve } = await stand();
  await approve(30);
  expect(await list()).toMatchObject({ unread: 30, nextCursor: null });
});

test('entries that come while a customer pages repeat none and hide none', async () => {
  const { list, approve } = await stand();
  await approve(31);
  const first = await list();
  await approve(5);
  const second = await list(`?cursor=${first.nextCursor}`);
  expect(second.notifications).toHaveLength(1);
  expect(second.unread).toBe(36);
});

test('more than 99 unread entries are counted as 100', async () => {
  const { list, approve } = await stand();
  await approve(103);
  expect((await list()).unread).toBe(100);
});

test.each(['x', '1', "' or 1=1", '%00', '00000000-0000-0000-0000-00000000000g', `${'9'.repeat(5_000)}`, ''])(
  'the cursor %j is refused',
  async (cursor) => {
    const { app, customer } = await stand();
    const { headers } = customer;
    const answer = await app.request(`/api/notifications?cursor=${encodeURIComponent(cursor)}`, { headers });
    expect(answer.status).toBe(400);
  },
);

test('a cursor of no entry has no page', async () => {
  const { list, approve } = await stand();
  await approve(1);
  const page = await list(`?cursor=${randomUUID()}`);
  expect(page).toEqual({ notifications: [], unread: 1, nextCursor: null });
});

test.each([undefined, null, 'x', 7, ['a']])('marking up to %j is refused', async (upTo) => {
  const { read } = await stand();
  expect(await read(upTo)).toBe(400);
});

test('reading marks an entry and all older ones, and no newer one, and may be repeated', async () => {
  const { list, read, approve, context } = await stand();
  await approve(3);
  const [, middle] = (await list()).notifications;
  expect(await read(middle?.id)).toBe(204);
  const marked = async () => (await list()).notifications.map(({ isRead }) => isRead);
  expect(await marked()).toEqual([false, true, true]);
  expect((await list()).unread).toBe(1);
  const readAt = async () =>
    (await context.store.pool.query('select read_at from outbox order by sequence')).rows as unknown[];
  const before = await readAt();
  context.clock.advance(1_000);
  expect(await read(middle?.id)).toBe(204);
  expect(await readAt()).toEqual(before);
});

test('an entry of a code that this version does not know is left out and is not unread', async () => {
  const standing = await stand();
  await standing.approve(1);
  await insert(standing, 'from_a_newer_version', { odd: [1] });
  await insert(standing, 'toString');
  await standing.approve(1);
  expect(await standing.list()).toMatchObject({
    notifications: [{ code: 'verification_approved' }, { code: 'verification_approved' }],
    unread: 2,
  });
});

test('an entry whose subject is gone, or cannot be read, is left out', async () => {
  const standing = await stand();
  await standing.approve(1);
  await standing.tell({ code: 'payment_settled', parameters: { paymentId: randomUUID() } });
  await insert(standing, 'payment_settled', { paymentId: 7 });
  await insert(standing, 'payment_settled', {});
  await insert(standing, 'payment_settled', { paymentId: 'not an id' });
  await insert(standing, 'consent_expired', { connectionId: 'not an id' });
  await insert(standing, 'new_device', { sessionId: 1 });
  expect((await standing.list()).notifications).toMatchObject([{ code: 'verification_approved' }]);
});

test('a page of entries that are all left out leads on to the next', async () => {
  const standing = await stand();
  await standing.approve(1);
  for (let count = 0; count < 30; count += 1) await insert(standing, 'from_a_newer_version');
  const first = await standing.list();
  expect(first.notifications).toEqual([]);
  expect((await standing.list(`?cursor=${first.nextCursor}`)).notifications).toHaveLength(1);
});

test('mails and alerts are no entries', async () => {
  const { context, customer, list } = await stand();
  const [id, at] = [randomUUID(), context.clock.now()];
  await context.store.database
    .insertInto('email_addresses')
    .values({ id, user_id: customer.user.id, address: 'kari@example.no', status: 'verified', created_at: at })
    .execute();
  await context.store.database.transaction().execute((transaction) =>
    notify(context, transaction, {
      userId: customer.user.id,
      code: 'address_replaced',
      parameters: { addressId: id },
    }),
  );
  expect(await list()).toMatchObject({ notifications: [], unread: 0 });
});
