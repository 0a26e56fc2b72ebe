import { expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import { checkOf, ok } from './finding.ts';
import { checkMsMax, runChecks } from './run-checks.ts';

test('checks run at once, keep their order, and are told as they end', async () => {
  const first = Promise.withResolvers<undefined>();
  const told: number[] = [];
  const checks = [
    checkOf('jobs', 'waits', async () => {
      await first.promise;
      return ok('after the second');
    }),
    checkOf('audit', 'frees', async () => {
      first.resolve(undefined);
      return ok('at once');
    }),
  ];
  const onDone = (done: number, total: number): void => void told.push(done, total);
  const findings = await runChecks(checks, { clock: new ManualClock(), onDone });
  expect(findings.map(({ subject }) => subject)).toEqual(['waits', 'frees']);
  expect(told).toEqual([1, 2, 2, 2]);
});

test('a check that does not end has failed after its deadline, and is told to end', async () => {
  const clock = new ManualClock();
  let isAborted = false;
  const check = checkOf('services', 'silent', (signal) => {
    signal.addEventListener('abort', () => (isAborted = true));
    return new Promise(() => undefined);
  });
  const running = runChecks([check], { clock });
  clock.advance(checkMsMax);
  expect(await running).toMatchObject([{ severity: 'failed', text: 'no answer within 10 s' }]);
  expect(isAborted).toBe(true);
});

test('an error of Drop is told with advice, and of any other error no more than its code', async () => {
  const rejects = (subject: string, error: Error) =>
    checkOf('services', subject, async () => Promise.reject(error));
  const refused = new DropError('provider_rejected_credentials', { message: 'bank.token: refused (401)' });
  const checks = [
    rejects('refused', refused),
    rejects('system', Object.assign(new Error('connect 10.0.0.1 as ida'), { code: 'ECONNREFUSED' })),
    rejects('odd', new TypeError('the national identity number 010180')),
  ];
  const findings = await runChecks(checks, { clock: new ManualClock() });
  expect(findings.map(({ text }) => text)).toEqual([
    'bank.token: refused (401)',
    'it could not be checked: ECONNREFUSED',
    'it could not be checked: TypeError',
  ]);
  expect(findings[0]?.advice).toContain('compare the credentials');
});

/** The finding where the check of a service rejects. */
async function foundOf(error: Error) {
  const check = checkOf('services', 'Service', async () => Promise.reject(error));
  const [finding] = await runChecks([check], { clock: new ManualClock() });
  return finding;
}

test('a service behind a certificate that is refused is told with what is wrong with the certificate', async () => {
  const refused = Object.assign(new Error('certificate has expired'), { code: 'CERT_HAS_EXPIRED' });
  const call = new DropError('provider_unavailable', {
    message: 'kyc.status: CERT_HAS_EXPIRED',
    cause: refused,
  });
  const error = new DropError('kyc_unavailable', {
    message: 'kyc.status: provider_unavailable',
    cause: call,
  });
  expect(await foundOf(error)).toMatchObject({
    text: 'kyc.status: CERT_HAS_EXPIRED',
    advice: 'have the certificate of the server renewed',
  });
});

test.each([
  [200, 'check that the address is the right one'],
  [302, 'check that the address is the right one'],
  [401, 'compare the credentials'],
  [403, 'compare the credentials'],
  [429, 'try again in a minute'],
  [503, 'check the name, the network'],
])('a service that is not available because it answered %i is told by that', async (httpStatus, advice) => {
  const message = `kyc.status: answered ${httpStatus}`;
  const finding = await foundOf(new DropError('kyc_unavailable', { message, httpStatus }));
  expect(finding?.advice).toContain(advice);
});
