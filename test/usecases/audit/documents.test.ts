import { expect, test } from 'vitest';
import { eraseSalts } from '#store/audit/erase.ts';
import { verifyDocument } from '#usecases/audit/verify-document.ts';
import { noteDocument } from '#usecases/documents/note-document.ts';
import { readPaymentDocument } from '#usecases/documents/payment-document.ts';
import { findPayment } from '#store/payments.ts';
import { drop } from '../../cli/program.ts';
import { auditedTrail, type Trail } from './trail.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const choice = { kind: 'receipt', locale: 'nb' } as const;

async function receiptOf(trail: Trail, id: string, locale: 'nb' | 'en' = 'nb'): Promise<Buffer> {
  const { context, user } = trail.bank;
  return (await readPaymentDocument(context, user, { ...choice, locale, id })).bytes;
}

async function entriesOf(trail: Trail): Promise<number> {
  const { database } = trail.bank.context.store;
  const rows = await database
    .selectFrom('audit_entries')
    .select('sequence')
    .where('kind', '=', 'document')
    .execute();
  return rows.length;
}

/** The file with another amount, of the same length. */
function forged(file: Buffer): Buffer {
  const copy = Buffer.from(file);
  const at = copy.indexOf('stream', copy.length / 2) + 40;
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

test('a document is recorded once for each language, and however often it is asked for at once', async () => {
  const trail = await auditedTrail();
  const id = await trail.pay();
  await Promise.all([receiptOf(trail, id), receiptOf(trail, id), receiptOf(trail, id)]);
  await receiptOf(trail, id);
  expect(await entriesOf(trail)).toBe(1);
  await receiptOf(trail, id, 'en');
  expect(await entriesOf(trail)).toBe(2);
  await trail.nextDay();
  expect(await trail.verify()).toMatchObject({ found: 0, findings: [] });
});

test('a file as handed out is unaltered, one with a changed byte is altered, and another is not known', async () => {
  const trail = await auditedTrail();
  const { database } = trail.bank.context.store;
  const id = await trail.pay();
  const file = await receiptOf(trail, id);
  const known = { kind: 'unaltered', payment: id, document: 'receipt', locale: 'nb' };
  expect(await verifyDocument(database, file)).toMatchObject(known);
  expect(await verifyDocument(database, forged(file))).toEqual({ kind: 'altered', payment: id });
  const stranger = Buffer.from('Drop 0198c5a2-7c7e-7f6c-9f6a-4f1e2d3c4b5a');
  expect(await verifyDocument(database, stranger)).toEqual({ kind: 'unknown' });
});

test('a file of an earlier release is still known after a release that writes other bytes', async () => {
  const trail = await auditedTrail();
  const { context } = trail.bank;
  const id = await trail.pay();
  const payment = await findPayment(context.store.database, { id });
  const earlier = Buffer.from(`an earlier receipt of ${id}`);
  const sha256 = Buffer.from(await crypto.subtle.digest('SHA-256', earlier));
  await noteDocument(context, payment ?? { id, userId: '' }, { ...choice, sha256 });
  await receiptOf(trail, id);
  expect(await entriesOf(trail)).toBe(2);
  expect(await verifyDocument(context.store.database, earlier)).toMatchObject({
    kind: 'unaltered',
    payment: id,
  });
});

test('the database does not tell the hash of a document, and nothing is left of it after an erasure', async () => {
  const trail = await auditedTrail();
  const { context, user } = trail.bank;
  const { database } = context.store;
  const id = await trail.pay();
  const file = await receiptOf(trail, id);
  const sha256 = Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(file))).toString('hex');
  const rows = await database.selectFrom('audit_entries').select('facts').execute();
  expect(JSON.stringify(rows)).not.toContain(sha256);
  const at = context.clock.now();
  await database
    .transaction()
    .execute((transaction) =>
      eraseSalts(transaction, { subject: user.id, at, salt: context.entropy.token() }),
    );
  expect(await verifyDocument(database, file)).toEqual({ kind: 'erased', payment: id });
});

test('a record of a document that was changed in the database is found', async () => {
  const trail = await auditedTrail();
  await receiptOf(trail, await trail.pay());
  await trail.tamper(`update audit_entries set facts = replace(facts, 'nb', 'en') where kind = 'document'`);
  expect(await trail.faults()).toEqual(['row_changed']);
});

test('audit document says whether a file is unaltered, in words and as JSON, and by its exit code', async () => {
  const trail = await auditedTrail();
  const id = await trail.pay();
  const file = await receiptOf(trail, id);
  const directory = await mkdtemp(join(tmpdir(), 'drop-document-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const [whole, changed] = [join(directory, 'whole.pdf'), join(directory, 'changed.pdf')];
  await writeFile(whole, file);
  await writeFile(changed, forged(file));
  const environment = { DATABASE_URL: trail.bank.context.store.url };
  const told = await drop(['audit', 'document', whole], environment);
  expect(told).toMatchObject({ code: 0, errors: '' });
  expect(told.output).toContain(`Unaltered: the receipt (nb) of payment ${id}`);
  const refused = await drop(['audit', 'document', changed, '--json'], environment);
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.output)).toEqual({ kind: 'altered', payment: id });
  const absent = await drop(['audit', 'document', join(directory, 'absent.pdf')], environment);
  expect(absent.code).toBeGreaterThan(0);
  expect(absent.errors).toContain('cannot be read');
});
