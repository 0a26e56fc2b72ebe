import { expect, test } from 'vitest';
import { DropError } from '#domain/errors.ts';
import type { LoggedError } from '#domain/error-group.ts';
import { trackedLog } from '#process/tracked-log.ts';

function stand() {
  const lines: unknown[] = [];
  const recorded: LoggedError[] = [];
  const log = trackedLog(
    (...line) => void lines.push(line),
    (error) => void recorded.push(error),
  );
  return { log, lines, recorded };
}

test('errors are recorded with what they are about, and other lines are only written', () => {
  const { log, lines, recorded } = stand();
  const error = new TypeError('number 01815000117');
  log('warn', 'a warning', { error });
  log('error', 'a job failed', { error, requestId: 'r-1', body: 'secret', attempt: 3 });
  expect(lines).toHaveLength(2);
  expect(recorded).toMatchObject([{ title: 'a job failed', name: 'TypeError', about: { requestId: 'r-1' } }]);
  expect(recorded[0]?.message).not.toContain('01815000117');
  expect(recorded[0]?.stack[0]).toContain('tracked-log.test.ts');
});

test('what no code expected is recorded as itself, and not as the answer to its request', () => {
  const { log, recorded } = stand();
  const cause = new RangeError('out of range');
  log('error', 'the request failed', { error: new DropError('internal_error', { message: 'x', cause }) });
  expect(recorded).toMatchObject([{ name: 'RangeError', message: 'out of range' }]);
  const known = new DropError('bank_unavailable', { message: 'x', cause });
  log('error', 'the request failed', { error: known });
  expect(recorded[1]).toMatchObject({ code: 'bank_unavailable' });
});

test('a message of several lines is one line', () => {
  const { log, recorded } = stand();
  log('error', 'a webhook could not be handled', { error: new RangeError('[\n  {\n    "path": []\n  }\n]') });
  expect(recorded[0]?.message).toBe('[ { "path": [] } ]');
});

test('an error names who did not answer, and whether an alert of its own comes with it', () => {
  const { log, recorded } = stand();
  const error = new DropError('provider_timeout', { provider: 'bank-link', bank: 'DNB' });
  log('error', 'a job failed', { error });
  log('error', 'a mail was given up', { alert: 'mail_given_up' });
  const about = { provider: 'bank-link', bank: 'DNB' };
  expect(recorded).toMatchObject([{ about, unanswered: about, hasAlert: false }, { hasAlert: true }]);
});

test('ids in a title do not make a title of their own', () => {
  const { log, recorded } = stand();
  for (const id of ['0f8fad5b-d9cb-469f-a165-70867728950e', '7c9e6679-7425-40de-944b-e07fc1f90ae7'])
    log('error', `payment ${id} failed ${Number.parseInt(id, 16)} times`);
  expect(new Set(recorded.map(({ title }) => title))).toEqual(new Set(['payment … failed … times']));
});

test('a number in a title is left out of the group, not replaced by another, and stays in the latest message', () => {
  const { log, recorded } = stand();
  for (const status of [500, 503]) log('error', `the endpoint answered ${status}`);
  expect(recorded.map(({ title }) => title)).toEqual(['the endpoint answered …', 'the endpoint answered …']);
  expect(recorded.map(({ message }) => message)).toEqual([
    'the endpoint answered 500',
    'the endpoint answered 503',
  ]);
});
