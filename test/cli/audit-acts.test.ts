import { expect, test } from 'vitest';
import { addSighting } from '#store/error-groups.ts';
import { resolveError } from '#usecases/operate/errors.ts';
import { replay } from '#usecases/operate/webhooks.ts';
import { retryDead } from '#usecases/operate/outbox.ts';
import { setFlag } from '#usecases/operate/flags.ts';
import { testContext } from '../support/context.ts';
import { drop, linesOf } from './program.ts';

async function acted() {
  const context = await testContext();
  const { database } = context.store;
  const time = { firstAt: context.clock.now(), lastAt: context.clock.now() };
  const example = { message: 'x', stack: [], about: {} };
  const error = {
    fingerprint: 'f',
    title: 'x',
    name: 'E',
    code: undefined,
    place: '',
    errors: 1,
    release: '1',
  };
  await database.transaction().execute((open) => addSighting(open, { ...error, ...time, example }, 1));
  await retryDead(context, {}, { limit: 1, dryRun: false, actorName: 'kim' });
  context.clock.advance(60_000);
  const why = { reason: 'Sumsub was down', actorName: 'per' };
  await replay(context, { provider: 'sumsub' }, { ...why, limit: 1, dryRun: false });
  await resolveError(context, { id: 1, actorName: 'ola', reason: 'mended in 0.2' });
  context.clock.advance(60_000);
  const act = { flag: 'cards', userId: undefined, isOn: true, by: 'ida', reason: 'a pilot' } as const;
  await setFlag(context, { ...act, isProduction: false });
  return (...words: string[]) => drop(['audit', 'acts', ...words], { DATABASE_URL: context.store.url });
}

test('acts of every kind are listed together, the newest first, and continued after any of them', async () => {
  const run = await acted();
  const all = linesOf(await run('--json'));
  expect(all).toMatchObject([
    { kind: 'flag', operator: 'ida', act: 'set flag on', reason: 'a pilot' },
    { kind: 'act', operator: 'ola', act: 'resolved errors', about: 'group 1', reason: 'mended in 0.2' },
    { kind: 'replay', operator: 'per', about: '0 webhooks', reason: 'Sumsub was down' },
    { kind: 'retry', operator: 'kim', about: '0 messages' },
  ]);
  const page = await run('--json', '--limit', '2');
  const [, command = ''] = /^More acts match: npx drop audit acts (.+)\n$/.exec(page.errors) ?? [];
  expect([...linesOf(page), ...linesOf(await run(...command.split(' ')))]).toEqual(all);
});

test('acts are narrowed by operator and time', async () => {
  const run = await acted();
  expect(linesOf(await run('--operator', 'ola', '--json'))).toMatchObject([{ kind: 'act' }]);
  const none = { code: 0, output: '', errors: 'No acts found.\n' };
  expect(await run('--operator', 'kari')).toMatchObject(none);
  expect(await run('--since', '2999-01-01')).toMatchObject(none);
});

test.each(['1', 'flag:1', 'flag:1@yesterday'])(
  'a place in the list that is none is refused: %s',
  async (place) => {
    expect(await drop(['audit', 'acts', '--after', place], {})).toMatchObject({ code: 2 });
  },
);

test('an unknown payment is said', async () => {
  const { store } = await testContext();
  const ran = await drop(['audit', 'acts', '--payment', 'x'], { DATABASE_URL: store.url });
  expect(ran).toMatchObject({ code: 1, errors: 'There is no payment x.\n' });
});

test('under sudo the operator is the user that typed it', async () => {
  const { store } = await testContext();
  const environment = { DATABASE_URL: store.url, SUDO_USER: 'kari' };
  const retry = await drop(['outbox', 'retry', '--yes'], environment);
  expect(retry.code).toBe(0);
  const acts = linesOf(await drop(['audit', 'acts', '--json'], environment));
  expect(acts).toMatchObject([{ operator: 'kari', kind: 'retry' }]);
});
