import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { DocumentChoice } from '#usecases/documents/payment-document.ts';
import { makePaymentDocument } from '#usecases/documents/payment-document.ts';
import { settledPayment } from './settled-payment.ts';

const choices: DocumentChoice[] = [
  { kind: 'confirmation', locale: 'nb' },
  { kind: 'confirmation', locale: 'en' },
  { kind: 'receipt', locale: 'nb' },
  { kind: 'receipt', locale: 'en' },
];

async function hashes(): Promise<(string | undefined)[]> {
  const made: (string | undefined)[] = [];
  for (const choice of choices) {
    made.push((await makePaymentDocument(settledPayment(), choice))?.sha256.toString('hex'));
  }
  return made;
}

/** Another value means that this release cannot make again the documents whose hashes earlier ones recorded. */
const known = [
  'dfca8f16296eee63c6993ae925b6c4c37a680e2d481de7aeabaf33055d477e2f',
  '5e622c1957849cf0ef01421740cd00e8ffe27aa77744119ccb705c493d972c24',
  '5ac627d78e1a23b13ab2c0f9c98629e704744980f6ab8f5212903c35b85f5a40',
  '1a4a6dbbaefe2a187b3a2a7c50c3c06540c732792fb0006f24ab0499e713e0fa',
];

test('the documents of a payment are these bytes', async () => {
  expect(await hashes()).toEqual(known);
});

test('a document is the same at another time, and after other documents', async () => {
  const other = settledPayment({ creditorName: 'Čáhppes Øvre', remittance: { kind: 'none' } });
  await makePaymentDocument(other, { kind: 'receipt', locale: 'nb' });
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2031-07-01T00:00:00Z') });
  onTestFinished(() => void vi.useRealTimers());
  expect(await hashes()).toEqual(known);
});

test('a document is the same in another process, in another time zone and language', async () => {
  const program = `
    const { makePaymentDocument } = await import('./src/usecases/documents/payment-document.ts');
    const { settledPayment } = await import('./test/usecases/documents/settled-payment.ts');
    for (const choice of JSON.parse(process.argv[1])) {
      console.log((await makePaymentDocument(settledPayment(), choice)).sha256.toString('hex'));
    }`;
  const parameters = ['--input-type=module', '--eval', program, JSON.stringify(choices)];
  const env = { ...process.env, TZ: 'Pacific/Auckland', LANG: 'de_DE.UTF-8' };
  const { stdout } = await promisify(execFile)(process.execPath, parameters, { env });
  expect(stdout.trim().split('\n')).toEqual(known);
});

test.each(choices)('another payment has another $kind in $locale', async (choice) => {
  const [first, second] = [
    settledPayment(),
    { ...settledPayment(), id: '019add00-1234-7abc-8def-0123456789ac' },
  ];
  const made = [await makePaymentDocument(first, choice), await makePaymentDocument(second, choice)];
  expect(made[0]?.sha256).not.toEqual(made[1]?.sha256);
});
