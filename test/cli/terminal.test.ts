import { expect, test } from 'vitest';
import { customer, testContext } from '../support/context.ts';
import { drop } from './program.ts';

/** The characters that make a terminal act (ESC, and CSI as one character) or turn a line round. */
const hostile = 'A\u001b]0;x\u0007\u009b31m\u202eB\u2028C';
const acted = /[\p{Control}\p{Bidi_Control}\p{Line_Separator}\p{Paragraph_Separator}]/u;
const author = ['--as', 'ida', '--reason', 'complaint 4711'];

/** A customer whose name and verification say what a provider made up. */
async function world() {
  const context = await testContext();
  const { id } = await customer(context);
  const { database, url } = context.store;
  await database.updateTable('users').set({ name: hostile }).where('id', '=', id).execute();
  const at = context.clock.now();
  const applicant = { user_id: id, level_name: hostile, applicant_id: 'applicant-1', kyc_status: 'approved' };
  await database
    .insertInto('kyc_applicants')
    .values({ ...applicant, can_retry: false, reject_labels: [], checked_at: at, stands_since: at } as never)
    .execute();
  return { id, environment: { DATABASE_URL: url } };
}

const withoutBreaks = (text: string): string => text.replaceAll('\n', '');

test.each(['customers', 'kyc'])('drop %s show writes nothing on which a terminal acts', async (command) => {
  const { id, environment } = await world();
  for (const form of [[], ['--json']]) {
    const { code, output } = await drop([command, 'show', id, ...author, ...form], environment);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('31m') as unknown });
    expect(withoutBreaks(output)).not.toMatch(acted);
  }
});

test('JSON for programs holds the text as it is', async () => {
  const { id, environment } = await world();
  const { output } = await drop(['kyc', 'show', id, ...author, '--json'], environment);
  expect(JSON.parse(output)).toMatchObject({ applicant: { levelName: hostile } });
});

test.each([
  ['a usage error', ['kyc', 'show'], 2],
  ['an error', ['payments', 'show'], 1],
])('%s that quotes what was typed writes nothing on which a terminal acts', async (_, command, code) => {
  const { environment } = await world();
  const ran = await drop([...command, hostile, ...author], environment);
  expect(ran).toMatchObject({ code, errors: expect.stringContaining('31m') as unknown });
  expect(withoutBreaks(ran.errors)).not.toMatch(acted);
});
