import { expect, test } from 'vitest';
import { auditDay } from '#domain/audit/day.ts';
import { auditedTrail } from '../usecases/audit/trail.ts';
import { drop } from './program.ts';

test('audit verify says whether the trail is whole, in words and as JSON, and by its exit code', async () => {
  const trail = await auditedTrail();
  const id = await trail.pay();
  const day = auditDay(trail.bank.context.clock.now());
  await trail.nextDay();
  const environment = {
    DATABASE_URL: trail.bank.context.store.url,
    AUDIT_ROOTS_DIRECTORY: trail.directory,
    AUDIT_PUBLIC_KEYS: trail.bank.context.audit.signer.publicKey,
  };
  const whole = await drop(['audit', 'verify', '--until', day], environment);
  expect(whole).toMatchObject({ code: 0, errors: '' });
  expect(whole.output).toContain('The audit trail is whole.');
  await trail.tamper(`update transactions set amount = 1 where id = '${id}'`);
  const broken = await drop(['audit', 'verify', '--payment', id, '--json'], environment);
  expect(broken.code).toBe(1);
  expect(JSON.parse(broken.output)).toMatchObject({
    found: 2,
    findings: [
      { fault: 'row_changed', payment: id, sequence: 1 },
      { fault: 'order_changed', payment: id },
    ],
  });
  const told = await drop(['audit', 'verify', '--payment', id], environment);
  expect(told.output).toContain(
    `row_changed  a recorded row was changed: payment ${id}, entry 1, transactions ${id}\n`,
  );
});

test('audit verify refuses a day that is none, and a payment with days', async () => {
  expect(await drop(['audit', 'verify', '--since', 'yesterday'], {})).toMatchObject({ code: 2 });
  const both = ['audit', 'verify', '--since', '2026-01-01', '--payment', 'x'];
  expect(await drop(both, {})).toMatchObject({ code: 2 });
  const reversed = ['audit', 'verify', '--since', '2026-02-02', '--until', '2026-02-01'];
  expect(await drop(reversed, {})).toMatchObject({ code: 2 });
  expect(await drop(['audit', 'verify', '--payment', 'x'], {})).toMatchObject({ code: 2 });
});

test('audit verify says that there was nothing to verify, and does not call that whole', async () => {
  const trail = await auditedTrail();
  const environment = {
    DATABASE_URL: trail.bank.context.store.url,
    AUDIT_PUBLIC_KEYS: trail.bank.context.audit.signer.publicKey,
  };
  const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
  for (const scope of [
    ['--payment', id],
    ['--since', '2099-01-01'],
  ]) {
    const { code, output } = await drop(['audit', 'verify', ...scope], environment);
    expect([code, output]).toEqual([1, 'Nothing was verified: the trail has no such entries.\n']);
  }
});
