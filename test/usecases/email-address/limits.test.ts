import { expect, test } from 'vitest';
import { resendLink, setEmailAddress } from '#usecases/email-address/change-address.ts';
import { customer, testContext, type TestContext } from '../../support/context.ts';
import { dayMs, hourMs, waitingMails } from './stand.ts';

const mailsMax = 5;

/** A moment at which an hour and a day begin, so that the rest of both is known. */
async function stand() {
  const context = await testContext();
  context.clock.advance(dayMs - (context.clock.now().getTime() % dayMs));
  return context;
}

async function fill(context: TestContext, addresses: readonly string[]) {
  for (const address of addresses) await setEmailAddress(context, (await customer(context)).id, address);
}

test('a customer is sent five links in an hour, to whichever addresses', async () => {
  const context = await stand();
  const { id } = await customer(context);
  for (let mail = 1; mail < mailsMax; mail += 1) await setEmailAddress(context, id, `kari${mail}@example.no`);
  await resendLink(context, id);
  const refused = { code: 'rate_limited', details: { retryAfterMs: hourMs } };
  await expect(resendLink(context, id)).rejects.toMatchObject(refused);
  await expect(setEmailAddress(context, id, 'kari@example.com')).rejects.toMatchObject(refused);
  expect(await waitingMails(context, id)).toHaveLength(mailsMax);
  context.clock.advance(hourMs);
  await resendLink(context, id);
  expect(await waitingMails(context, id)).toHaveLength(mailsMax + 1);
});

test('the limit of one customer is not that of another', async () => {
  const context = await stand();
  const { id } = await customer(context);
  for (let mail = 0; mail < mailsMax; mail += 1) await setEmailAddress(context, id, `kari${mail}@example.no`);
  await fill(context, ['ola@example.no']);
});

test('an address is sent five links in a day, for whichever customers', async () => {
  const context = await stand();
  await fill(context, ['a@example.no', 'A@example.no', 'a@EXAMPLE.no', 'a@example.no', 'a@example.no']);
  context.clock.advance(hourMs);
  const { id } = await customer(context);
  await expect(setEmailAddress(context, id, 'a@example.no')).rejects.toMatchObject({
    code: 'rate_limited',
    details: { retryAfterMs: dayMs - hourMs },
  });
  expect(await waitingMails(context, id)).toEqual([]);
  context.clock.advance(dayMs - hourMs);
  await setEmailAddress(context, id, 'a@example.no');
  expect(await waitingMails(context, id)).toHaveLength(1);
});

test.each([
  ['tags', 'kari+5@example.no', (mail: number) => `kari+${mail}@example.no`],
  [
    'dots at Gmail',
    'kari@gmail.com',
    (mail: number) => `${'kari'.slice(0, mail)}.${'kari'.slice(mail)}@gmail.com`,
  ],
])('%s do not bring a mailbox more links in a day', async (_what, address, spelled) => {
  const context = await stand();
  await fill(context, [1, 2, 3, 3].map(spelled));
  const { id } = await customer(context);
  await setEmailAddress(context, id, address);
  await expect(setEmailAddress(context, id, address)).rejects.toMatchObject({ code: 'rate_limited' });
});

test('customers who enter one address at the same moment do not exceed its limit', async () => {
  const context = await stand();
  const people = await Promise.all(Array.from({ length: mailsMax + 3 }, () => customer(context)));
  const answers = await Promise.allSettled(
    people.map(({ id }) => setEmailAddress(context, id, 'a@example.no')),
  );
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(mailsMax);
});

test('what the limit of an address refuses does not count for the customer', async () => {
  const context = await stand();
  await fill(
    context,
    Array.from({ length: mailsMax }, () => 'a@example.no'),
  );
  const { id } = await customer(context);
  for (let refused = 0; refused < mailsMax; refused += 1)
    await expect(setEmailAddress(context, id, 'a@example.no')).rejects.toMatchObject({
      code: 'rate_limited',
    });
  await setEmailAddress(context, id, 'b@example.no');
});

test('the address itself is not stored to be counted', async () => {
  const context = await stand();
  await fill(context, ['a@example.no']);
  const rows = await context.store.database.selectFrom('verification_mails').selectAll().execute();
  expect(rows.map(({ counted }) => counted.byteLength)).toEqual([32, 32]);
});
