import { expect, test } from 'vitest';
import { DropError } from '#domain/errors.ts';
import { shownText } from '#cli/customers-text.ts';
import { showCustomer } from '#usecases/operate/customers/show.ts';
import { closeAccount } from '#usecases/privacy/close-account.ts';
import { continueClosings } from '#usecases/privacy/continue-closings.ts';
import { watchClosings } from '#usecases/watch/closings.ts';
import { newAlerts } from '../../support/alerts.ts';
import { leavingCustomer } from '../privacy/leaving-customer.ts';

const hourMs = 3_600_000;
const stalled = 'The closing of an account has stalled';

/** A customer whose account is closed, and whose last mail has been sent, while the files cannot be deleted. */
async function world() {
  const leaving = await leavingCustomer();
  const { context, user } = leaving;
  const { files } = context.services;
  const broken = async (): Promise<never> => Promise.reject(new DropError('provider_unavailable'));
  context.services.files = { ...files, deleteFilesOf: broken };
  await closeAccount(context, user.id, 'customer');
  const { database } = context.store;
  const sent = { status: 'delivered', due_at: null, settled_at: context.clock.now() } as const;
  await database.updateTable('outbox').set(sent).where('channel', '=', 'mail').execute();
  await leaving.minute();
  const heard = newAlerts(context);
  await heard();
  return {
    context,
    user,
    heard,
    told: async () => (await heard()).map(({ title }) => title),
    pass: (hours: number) => context.clock.advance(hours * hourMs),
    async mend(): Promise<void> {
      context.services.files = files;
      context.clock.advance(2 * hourMs);
      await continueClosings(context);
    },
  };
}

test('a closing that a step holds up for more than a day is alerted once, and once more when it is over', async () => {
  const { context, told, pass, mend } = await world();
  pass(25);
  await watchClosings(context);
  await watchClosings(context);
  expect(await told()).toEqual([stalled]);
  await mend();
  await watchClosings(context);
  pass(1);
  await watchClosings(context);
  await watchClosings(context);
  expect(await told()).toEqual([`Over: ${stalled}`]);
});

test('the alert names the step, the customer and the command that says more', async () => {
  const { context, user, heard, pass } = await world();
  pass(49);
  await watchClosings(context);
  expect(await heard()).toMatchObject([
    {
      severity: 'warning',
      message:
        `1 closing of accounts waits for the deletion of files, the oldest for 2 days. Customers: ${user.id}. ` +
        `See what is left: "npx drop customers show ${user.id} --reason alert". ` +
        'Runbook: docs/runbook/the-closing-of-an-account-has-stalled.md',
    },
  ]);
});

test('a closing that is younger than a day, or over, is not alerted', async () => {
  const { context, told, pass, mend } = await world();
  pass(23);
  await watchClosings(context);
  expect(await told()).toEqual([]);
  await mend();
  pass(48);
  await watchClosings(context);
  expect(await told()).toEqual([]);
});

test('each step that holds closings up is alerted by itself', async () => {
  const { context, heard, pass } = await world();
  const { database } = context.store;
  await database
    .updateTable('account_closures')
    .set({ steps_done: ['request', 'applicant', 'cards', 'mail'] })
    .execute();
  pass(25);
  await watchClosings(context);
  const messages = (await heard()).map(({ message }) => message);
  expect(messages.toSorted()).toEqual([
    expect.stringContaining('waits for the deletion of files'),
    expect.stringContaining('waits for the end of consents at their banks'),
  ]);
});

test('a closing of which only the last erasure is left is alerted', async () => {
  const { context, heard, pass } = await world();
  const { database } = context.store;
  await database
    .updateTable('account_closures')
    .set({ steps_done: ['request', 'consents', 'applicant', 'cards', 'files', 'mail'] })
    .execute();
  pass(25);
  await watchClosings(context);
  expect(await heard()).toMatchObject([{ message: expect.stringContaining('waits for the last erasure') }]);
});

test('a closed account is shown with what is erased, what is left, and the next attempt', async () => {
  const { context, user } = await world();
  const shown = await showCustomer(context, user.id, { actorName: 'ida', reason: 'alert' });
  const text = shownText(shown);
  expect(text).toContain('\nclosed 2026-02-23T14:30:10Z by the customer\n');
  expect(text).toContain('left: files, end, tried once, next 2026-02-23T14:32:10Z\n');
});
