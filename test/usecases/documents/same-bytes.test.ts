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
  '4a324144050f5745253449891343a7fba2e60cc970390e5d1f16450bcbc326dd',
  'cd55ba426c11ca8a2256887762cfedefb6a0226546c7e88c03f121267853c5d5',
  'fe1e59c0d9974dd07dae1a05adfc4b79aa6e52901ddc3a0d6c3de7a08ec93e60',
  'e7ebba4067fd57fbc8017c5f01fceef2885bee6b5db9f766919cdd4fd9bc8f97',
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
