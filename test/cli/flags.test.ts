import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { insertUser } from '#store/users.ts';
import { testStore } from '../support/database.ts';
import { drop, linesOf } from './program.ts';

async function stand() {
  const { url: DATABASE_URL, database } = await testStore();
  const id = randomUUID();
  const person = { id, nationalIdHash: id, nationalIdHashKeyId: '1', issuer: 'x', subject: id, name: 'Kari' };
  await insertUser(database, { ...person, at: systemClock.now() });
  const run = (words: string[], environment: Record<string, string> = { DROP_ENVIRONMENT: 'staging' }) =>
    drop(['flags', ...words], { DATABASE_URL, ...environment });
  return { id, run };
}

const why = ['--reason', 'pilot 12', '--as', 'ida'];

test('a flag is set for a person and for everyone, listed, shown and unset', async () => {
  const { id, run } = await stand();
  const set = await run(['set', 'cards', 'on', '--user', id, ...why]);
  expect(set).toMatchObject({ code: 0, output: `cards: on for ${id}\n`, errors: '' });
  expect(await run(['set', 'cards', 'off', ...why])).toMatchObject({ output: 'cards: off for everyone\n' });
  const [cards] = linesOf(await run(['list', '--json']));
  expect(cards).toMatchObject({ flag: 'cards', everyone: false, people: { on: 1, off: 0 } });
  expect((await run(['list'])).output).toMatch(/cards +off +1 on, 0 off/);
  const unset = await run(['unset', 'cards', ...why, '--json']);
  expect(linesOf(unset)).toMatchObject([{ flag: 'cards', settings: [{ userId: id, isOn: true }] }]);
  const shown = await run(['show', 'cards']);
  for (const text of [`on for ${id}`, 'ida: pilot 12', 'always off', 'not set for everyone'])
    expect(shown.output).toContain(text);
});

test('wrong use of the flags is refused', async () => {
  const { id, run } = await stand();
  expect(await run(['set', 'cards', 'on'])).toMatchObject({ code: 2 });
  expect(await run(['set', 'crads', 'on', ...why])).toMatchObject({ code: 2 });
  expect(await run(['set', 'cards', 'maybe', ...why])).toMatchObject({ code: 2 });
  const stranger = randomUUID();
  expect(await run(['set', 'cards', 'on', '--user', stranger, ...why])).toMatchObject({
    code: 1,
    errors: `There is no customer ${stranger}.\n`,
  });
  expect(linesOf(await run(['show', 'cards', '--json']))).toMatchObject([{ settings: [], changes: [] }]);
  const refused = { code: 1, errors: 'Production must not switch on cards. It is always off there.\n' };
  expect(await run(['set', 'cards', 'on', '--user', id, ...why], {})).toMatchObject(refused);
  expect(await run(['set', 'cards', 'off', ...why], {})).toMatchObject({ code: 0 });
});
