import { expect, test } from 'vitest';
import { auditDay, dayAfter } from '#domain/audit/day.ts';
import { readStatement } from '#domain/audit/root.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { createFileStorage } from '#services/file-storage/client.ts';
import { findRoot } from '#store/audit/roots.ts';
import { watchAudit } from '#usecases/audit/watch.ts';
import { newAlerts } from '../../support/alerts.ts';
import { startS3, type S3Stack } from '../../conformance/file-storage-stack.ts';
import { drop } from '../../cli/program.ts';
import { auditedTrail, type Trail } from './trail.ts';

/** Does not end before the test. */
const going = new AbortController().signal;
const down = { operation: '*', effect: 'reset' } as const;

interface Bucketed {
  trail: Trail;
  s3: S3Stack;
  /** The first day of the trail. */
  first: string;
}

function useBucket({ bank: { context } }: Trail, { bucket }: S3Stack): void {
  const dependencies = { clock: context.clock, entropy: systemEntropy, log: () => undefined };
  context.services.files = createFileStorage([bucket], dependencies);
}

/** A trail of two days whose roots are kept in a bucket, over HTTP. */
async function bucketedTrail(): Promise<Bucketed> {
  const trail = await auditedTrail();
  const s3 = await startS3();
  useBucket(trail, s3);
  await trail.pay();
  const first = auditDay(trail.bank.context.clock.now());
  await trail.nextDay();
  await trail.nextDay();
  return { trail, s3, first };
}

const recordOf = (day: string): string => `records/audit/${day}.json`;

/** Signs another root for a day, as somebody does who has the signing key and the database. */
async function signAnew(trail: Trail, day: string): Promise<void> {
  const { context } = trail.bank;
  const root = await findRoot(context.store.database, day);
  const statement = readStatement(root?.statement ?? '');
  if (!statement) throw new RangeError('the day has a root');
  const forged = context.audit.signer.sign({ ...statement, entries: statement.entries + 1 });
  await trail.tamper(`
    update audit_roots set statement = '${forged.statement}', signature = '${forged.signature}'
    where day = '${day}'
  `);
}

test('roots that are as the bucket keeps them are whole', async () => {
  const { trail, s3, first } = await bucketedTrail();
  expect(s3.keys()).toEqual([recordOf(first), recordOf(dayAfter(first))]);
  expect(await trail.faults()).toEqual([]);
});

test('a root that was signed anew with the right key is not the one in the bucket', async () => {
  const { trail, first } = await bucketedTrail();
  await signAnew(trail, dayAfter(first));
  const { findings } = await trail.verify({ since: dayAfter(first) });
  expect(findings).toContainEqual({ fault: 'record_differs', day: dayAfter(first) });
});

test('a record that is gone from the bucket is missing', async () => {
  const { trail, s3, first } = await bucketedTrail();
  await s3.bucket.remove(recordOf(dayAfter(first)));
  expect((await trail.verify()).findings).toEqual([{ fault: 'record_missing', day: dayAfter(first) }]);
});

test('roots of the time before the bucket have no record, and are whole', async () => {
  const trail = await auditedTrail();
  await trail.pay();
  await trail.nextDay();
  useBucket(trail, await startS3());
  await trail.nextDay();
  await trail.nextDay();
  expect(await trail.faults()).toEqual([]);
});

test('a bucket that does not answer is neither agreement nor a change', async () => {
  const { trail, s3, first } = await bucketedTrail();
  s3.faults.add(down);
  expect((await trail.verify({ since: first, until: first })).findings).toEqual([
    { fault: 'record_unread', day: first },
  ]);
});

test('at night a day that could not be compared is read again until the bucket answers', async () => {
  const { trail, s3 } = await bucketedTrail();
  const { context } = trail.bank;
  const heard = newAlerts(context);
  const night = async (): Promise<string[]> => {
    await watchAudit(context, going);
    return (await heard()).filter(({ title }) => title.includes('audit')).map(({ title }) => title);
  };
  s3.faults.add(down);
  expect(await night()).toEqual(['The audit trail is broken']);
  s3.faults.clear();
  await trail.nextDay();
  expect(await night()).toEqual(['Over: The audit trail is broken']);
});

test('audit verify reads the bucket, with no variable but those of the buckets', async () => {
  const { trail, s3, first } = await bucketedTrail();
  const environment = {
    DATABASE_URL: trail.bank.context.store.url,
    DROP_ENVIRONMENT: 'sandbox',
    AUDIT_PUBLIC_KEYS: trail.bank.context.audit.signer.publicKey,
    ...s3.environment,
  };
  const verify = ['audit', 'verify', '--since', first, '--until', dayAfter(first)];
  expect(await drop(verify, environment)).toMatchObject({ code: 0, errors: '' });
  await signAnew(trail, dayAfter(first));
  const { code, output } = await drop(verify, environment);
  expect(code).toBe(1);
  expect(output).toContain('record_differs  the record of a root in the bucket differs from the database');
});
