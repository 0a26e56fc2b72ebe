import { expect, test } from 'vitest';
import { withDeadline } from '#outbound/inherited-deadline.ts';
import type { ProviderSecrets } from '#services/open-banking/secret-state.ts';
import { openStore } from '#store/database.ts';
import { secretStateOf } from '#usecases/banking/secret-state.ts';
import { wayTo } from '../../support/severed.ts';
import { EagerClock, pendingConsent, secretRow, secretStand } from './secrets.ts';

const first: ProviderSecrets = { refreshToken: 'refresh-token-1', sessionId: 'session-1' };
const second: ProviderSecrets = { refreshToken: 'refresh-token-2', sessionId: 'session-1' };

const keep = (secrets: ProviderSecrets) => async (): Promise<ProviderSecrets> => secrets;
const busy = { code: 'bank_unavailable', details: { outcome: 'not_sent' } };

test('secrets are read as they were kept, after a restart too, and are not in the database in plain', async () => {
  const { context, consent, otherProcess } = await secretStand();
  const state = secretStateOf(context, consent);
  expect(await state.read()).toBeUndefined();
  expect(await state.change(keep(first))).toEqual(first);
  expect(await state.read()).toEqual(first);
  expect(await secretStateOf(otherProcess(), consent).read()).toEqual(first);
  const row = await secretRow(context, consent);
  expect(row).toMatchObject({ key_id: 'demo', version: 1 });
  expect(row?.sealed).not.toMatch(/refresh|session/);
});

test('a change gets the latest secrets, and keeps them where it returns none', async () => {
  const { context, consent } = await secretStand();
  const state = secretStateOf(context, consent);
  await state.change(async (latest) => ({ ...latest, ...first }));
  expect(await state.change(async (latest) => ({ ...latest, refreshToken: 'refresh-token-2' }))).toEqual(
    second,
  );
  expect(await state.change(async () => undefined)).toEqual(second);
  expect(await state.read()).toEqual(second);
  expect(await secretRow(context, consent)).toMatchObject({ version: 2 });
});

test('a change that keeps nothing ends its turn', async () => {
  const { context, consent, otherProcess } = await secretStand();
  await secretStateOf(context, consent).change(async () => undefined);
  expect(await secretStateOf(otherProcess(), consent).change(keep(first))).toEqual(first);
  expect(context.clock.waits).toBe(0);
});

test('a change that fails leaves the secrets as they were, and the next one need not wait', async () => {
  const { context, consent, otherProcess } = await secretStand();
  const state = secretStateOf(context, consent);
  await state.change(keep(first));
  await expect(state.change(() => Promise.reject(new RangeError('no answer')))).rejects.toThrow('no answer');
  expect(await state.read()).toEqual(first);
  expect(await secretStateOf(otherProcess(), consent).change(keep(second))).toEqual(second);
  expect(context.clock.waits).toBe(0);
});

test('a rotating refresh token is used once, whichever process wants it', async () => {
  const stand = await secretStand();
  const clock = new EagerClock();
  const processes = [1, 2, 3].map(() => stand.otherProcess({ clock }));
  const used: string[] = [];
  await secretStateOf(stand.context, stand.consent).change(keep({ refreshToken: '0' }));
  const refresh = async (latest: ProviderSecrets | undefined): Promise<ProviderSecrets> => {
    const token = latest?.['refreshToken'] ?? '';
    used.push(token);
    await new Promise((resolve) => setImmediate(resolve));
    return { refreshToken: `${Number(token) + 1}` };
  };
  const changes = processes.flatMap((context) =>
    [1, 2, 3, 4].map(() => secretStateOf(context, stand.consent).change(refresh)),
  );
  await Promise.all(changes);
  expect(used).toEqual([...Array(12).keys()].map(String));
  expect(await secretStateOf(stand.context, stand.consent).read()).toEqual({ refreshToken: '12' });
});

test('consents do not wait for each other', async () => {
  const { context, user, consent } = await secretStand();
  const other = await pendingConsent(context, user);
  await secretStateOf(context, consent).change(async () => {
    await secretStateOf(context, other).change(keep(second));
    return first;
  });
  expect(await secretStateOf(context, consent).read()).toEqual(first);
  expect(await secretStateOf(context, other).read()).toEqual(second);
});

test('no database connection is held during the change', async () => {
  const { context, consent } = await secretStand();
  await secretStateOf(context, consent).change(async () => {
    const { pool } = context.store;
    expect(pool.totalCount - pool.idleCount).toBe(0);
    return first;
  });
});

test('what was changed stays when the work of the caller fails afterwards', async () => {
  const { context, consent } = await secretStand();
  const work = context.store.database.transaction().execute(async () => {
    await secretStateOf(context, consent).change(keep(first));
    throw new RangeError('the work failed');
  });
  await expect(work).rejects.toThrow('the work failed');
  expect(await secretStateOf(context, consent).read()).toEqual(first);
});

/** A change of another process that goes on until it is told to end. */
async function underWay(stand: Awaited<ReturnType<typeof secretStand>>, result: ProviderSecrets | undefined) {
  const { promise: isBegun, resolve: begin } = Promise.withResolvers<undefined>();
  const { promise, resolve: end } = Promise.withResolvers<ProviderSecrets | undefined>();
  const change = secretStateOf(stand.otherProcess(), stand.consent).change(() => {
    begin(undefined);
    return promise;
  });
  await isBegun;
  return { change, end: () => end(result) };
}

test('a change waits for that of another process, and then gets what the other one kept', async () => {
  const stand = await secretStand();
  const { clock } = stand.context;
  const other = await underWay(stand, first);
  const own = secretStateOf(stand.context, stand.consent).change(async (latest) => ({
    ...latest,
    own: 'yes',
  }));
  await expect.poll(() => clock.waits).toBe(1);
  clock.advance(250);
  await expect.poll(() => clock.waits).toBe(2);
  other.end();
  await other.change;
  clock.advance(250);
  expect(await own).toEqual({ ...first, own: 'yes' });
});

test('a change whose turn does not come in 35 seconds is not made', async () => {
  const stand = await secretStand();
  const { clock } = stand.context;
  await secretStateOf(stand.context, stand.consent).change(keep(first));
  // Another process after the other has the lease anew whenever this one asks.
  await stand.context.store.database
    .updateTable('provider_secrets')
    .set({ leased_until: new Date(clock.now().getTime() + 3_600_000) })
    .execute();
  const own = secretStateOf(stand.context, stand.consent).change(keep(second));
  await expect.poll(() => clock.waits).toBe(1);
  clock.advance(35_000);
  await expect(own).rejects.toMatchObject(busy);
});

test('a change does not wait longer than its caller has time', async () => {
  const stand = await secretStand();
  const { clock } = stand.context;
  const other = await underWay(stand, first);
  const own = withDeadline(2_000, clock, () =>
    secretStateOf(stand.context, stand.consent).change(keep(second)),
  );
  await expect.poll(() => clock.waits).toBe(1);
  clock.advance(2_000);
  await expect(own).rejects.toMatchObject(busy);
  other.end();
  await other.change;
  expect(await secretStateOf(stand.context, stand.consent).read()).toEqual(first);
});

test('callers in one process leave the queue when their time is over, and the others keep their turns', async () => {
  const { context, consent } = await secretStand();
  const state = secretStateOf(context, consent);
  const { promise, resolve } = Promise.withResolvers<ProviderSecrets>();
  const { promise: isBegun, resolve: begin } = Promise.withResolvers<undefined>();
  const slow = state.change(() => (begin(undefined), promise));
  await isBegun;
  const impatient = withDeadline(1_000, context.clock, () => state.change(keep({ impatient: 'yes' })));
  const patient = state.change(async (latest) => ({ ...latest, patient: 'yes' }));
  context.clock.advance(1_000);
  await expect(impatient).rejects.toMatchObject(busy);
  resolve(first);
  expect(await slow).toEqual(first);
  expect(await patient).toEqual({ ...first, patient: 'yes' });
});

test('a holder whose lease ran out does not overwrite what its successor kept', async () => {
  const stand = await secretStand();
  const late = await underWay(stand, first);
  stand.context.clock.advance(30_000);
  expect(await secretStateOf(stand.context, stand.consent).change(keep(second))).toEqual(second);
  late.end();
  await expect(late.change).rejects.toMatchObject({ code: 'internal_error' });
  expect(await secretStateOf(stand.context, stand.consent).read()).toEqual(second);
});

test('a database that is gone for a moment does not cost a rotated token', async () => {
  const { context, consent, otherProcess } = await secretStand();
  const url = new URL(context.store.url);
  const way = await wayTo(Number(url.port));
  url.port = `${way.port}`;
  const store = openStore(url.href);
  const change = secretStateOf(otherProcess({ store }), consent).change(async () => {
    await way.cut();
    return first;
  });
  await expect
    .poll(() => context.logged.map(({ message }) => message))
    .toEqual(['the secrets of a provider could not be stored; it is tried again']);
  await way.mend();
  context.clock.advance(100);
  expect(await change).toEqual(first);
  expect(await secretStateOf(context, consent).read()).toEqual(first);
  expect(JSON.stringify(context.logged)).not.toMatch(/refresh-token|v1\./);
  await store.close();
});
