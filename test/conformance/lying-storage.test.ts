import { randomUUID } from 'node:crypto';
import { Agent } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ManualClock, systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { Secret } from '#domain/secret.ts';
import { createOutbound } from '#services/guarded-call.ts';
import { createFileStorage } from '#services/file-storage/client.ts';
import { createS3Bucket } from '#services/file-storage/s3-bucket.ts';
import { listenOnLoopback } from '../support/loopback.ts';
import { startS3 } from './file-storage-stack.ts';

/** A storage of files at a server that answers everything with `answer`. */
async function storageAt(answer: (request: Request) => Response) {
  const server = await listenOnLoopback(0);
  const dispatcher = new Agent();
  onTestFinished(async () => {
    await dispatcher.destroy();
    await server.close();
  });
  const asked: string[] = [];
  server.handle((request) => {
    asked.push(`${request.method} ${new URL(request.url).pathname}`);
    return answer(request);
  });
  const clock = new ManualClock(systemClock.now());
  const guard = { provider: 's3', origins: [server.origin], clock: systemClock, dispatcher, random: () => 0 };
  const credentials = { accessKeyId: 'demo-AKIA', secretAccessKey: new Secret('demo-secret') };
  const options = { provider: 's3', bucket: 'b', region: 'eu-north-1', endpoint: server.origin, credentials };
  const bucket = createS3Bucket(options, { clock, outbound: createOutbound(guard) });
  const files = createFileStorage([bucket], { clock, entropy: systemEntropy, log: () => undefined });
  const file = { userId: randomUUID(), extension: 'zip' } as const;
  return { files, bucket, asked, file };
}

type Storage = Awaited<ReturnType<typeof storageAt>>;

const page =
  (body: string, headers: Record<string, string> = {}, status = 200) =>
  () =>
    new Response(status === 204 ? null : body, { status, headers });
const asXml = { 'content-type': 'application/xml' };
const listing = (body: string) =>
  page(`<?xml version="1.0"?><ListBucketResult>${body}</ListBucketResult>`, asXml);

const strangers: [string, () => Response][] = [
  [
    'a page of HTML',
    page('<!doctype html><html><body>Sign in</body></html>', { 'content-type': 'text/html' }),
  ],
  ['nothing', page('')],
  ['status 204', page('', {}, 204)],
  ['a redirect', page('', { location: 'http://169.254.169.254/latest/meta-data/' }, 302)],
  ['JSON', page('{"ok":true}', { 'content-type': 'application/json' })],
  ['half an XML', page('<ListBucketResult><Contents><Key>x', asXml)],
];

/** Pages of something in front of S3 that refuse in its place: none has a code of S3's. */
const strangersThatRefuse: [string, () => Response][] = [
  ['a page that forbids', page('<html><body>Forbidden</body></html>', { 'content-type': 'text/html' }, 403)],
  ['a page that finds nothing', page('<html><body>Not found</body></html>', {}, 404)],
  ['a refusal in JSON', page('{"error":"denied"}', { 'content-type': 'application/json' }, 400)],
  ['a refusal that is empty', page('', {}, 403)],
];

const operations: [string, (storage: Storage) => Promise<unknown>][] = [
  ['an upload', ({ files, file }) => files.putFile(file, Buffer.from('x'))],
  ['a list', ({ files, file }) => files.list(file.userId)],
  ['a deletion', ({ files, file }) => files.deleteFilesOf(file.userId)],
  ['a record', ({ files }) => files.records.keep('audit/x', 'x')],
  ['a download', ({ files, file }) => files.downloadAddress(`${file.userId}/01M8PYYS0CHMKT65SENNEP1D2Y.zip`)],
  ['a reading', ({ bucket }) => bucket.read('records/x')],
];

describe.each([...strangers, ...strangersThatRefuse])('%s in place of S3’s answer', (_what, answer) => {
  test.each(operations)('does not pass for %s', async (_operation, carryOut) => {
    await expect(carryOut(await storageAt(answer))).rejects.toMatchObject({
      code: 'provider_invalid_response',
      details: { outcome: 'unknown' },
    });
  });
});

describe.each([...strangers, ...strangersThatRefuse])('%s at the first of two buckets', (_what, answer) => {
  /** A storage whose backup is whole. */
  async function withBackup() {
    const [{ bucket, file }, backup] = [await storageAt(answer), await startS3({ provider: 's3-backup' })];
    const dependencies = { clock: backup.clock, entropy: systemEntropy, log: () => undefined };
    return { files: createFileStorage([bucket, backup.bucket], dependencies), backup, file };
  }

  test('leaves a new file to the backup, which gives it back', async () => {
    const { files, backup, file } = await withBackup();
    const key = await files.putFile(file, Buffer.from('x'));
    expect(backup.keys()).toEqual([key]);
    expect(await (await fetch((await files.downloadAddress(key)).url)).text()).toBe('x');
  });

  test('leaves an upload to the backup', async () => {
    const { files, backup, file } = await withBackup();
    const { url, headers, key } = await files.beginUpload(file, 1);
    expect((await fetch(url, { method: 'PUT', headers, body: 'x' })).status).toBe(200);
    expect(backup.keys()).toEqual([key]);
  });

  test('leaves a record to the backup, which gives it back', async () => {
    const { files } = await withBackup();
    expect(await files.records.keep('audit/x', 'x')).toBe('kept');
    expect(await files.records.read('audit/x')).toBe('x');
  });

  test('is no word that a file is not there, and none that all was deleted', async () => {
    const { files, file } = await withBackup();
    const refused = { code: 'provider_invalid_response' };
    const gone = files.downloadAddress(`${file.userId}/01M8PYYS0CHMKT65SENNEP1D2Y.zip`);
    await expect(gone).rejects.toMatchObject(refused);
    await expect(files.records.read('audit/x')).rejects.toMatchObject(refused);
    await expect(files.deleteFilesOf(file.userId)).rejects.toMatchObject(refused);
  });
});

test.each([...strangers, ...strangersThatRefuse].filter(([what]) => what !== 'status 204'))(
  '%s does not confirm a removal',
  async (_what, answer) => {
    const { bucket } = await storageAt(answer);
    await expect(bucket.remove('records/x')).rejects.toMatchObject({ code: 'provider_invalid_response' });
  },
);

describe('a list', () => {
  const whole = '<IsTruncated>false</IsTruncated>';
  const more = '<IsTruncated>true</IsTruncated>';
  const time = '<LastModified>2026-01-01T00:00:00Z</LastModified>';
  const bomb = '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>';

  test.each([
    ['that does not say whether there is more', listing('')],
    ['that goes on and names no next page', listing(more)],
    ['that leads back to its page', listing(`${more}<NextContinuationToken>t</NextContinuationToken>`)],
    ['with an object without a key', listing(`${whole}<Contents><Size>1</Size>${time}</Contents>`)],
    ['with an object without a size', listing(`${whole}<Contents><Key>x</Key>${time}</Contents>`)],
    ['with an object without a time', listing(`${whole}<Contents><Key>x</Key><Size>1</Size></Contents>`)],
    [
      'with a size that is no number',
      listing(`${whole}<Contents><Key>x</Key><Size>NaN</Size>${time}</Contents>`),
    ],
    ['that names its prototype', listing(`${whole}<__proto__><Key>x</Key></__proto__>`)],
    ['of entities that grow', page(`${bomb}<ListBucketResult><Name>&b;</Name></ListBucketResult>`, asXml)],
  ])('%s is not taken for the whole, and nothing counts as deleted', async (_what, answer) => {
    const { files, file } = await storageAt(answer);
    const refused = { code: 'provider_invalid_response' };
    await expect(files.list(file.userId)).rejects.toMatchObject(refused);
    await expect(files.deleteFilesOf(file.userId)).rejects.toMatchObject(refused);
  });

  test('whose pages never end is given up', async () => {
    let number = 0;
    const { files, file, asked } = await storageAt(() =>
      listing(`${more}<NextContinuationToken>${(number += 1)}</NextContinuationToken>`)(),
    );
    await expect(files.list(file.userId)).rejects.toMatchObject({ code: 'provider_invalid_response' });
    expect(asked).toHaveLength(100);
  });

  test('of more than was asked for is cut', async () => {
    const object = (key: number): string => `<Contents><Key>x/${key}</Key><Size>1</Size>${time}</Contents>`;
    const objects = Array.from({ length: 2_000 }, (_, key) => object(key)).join('');
    const { bucket } = await storageAt(listing(`${whole}${objects}`));
    expect(await bucket.list('x/', 1)).toHaveLength(1);
  });

  test('of keys of others has none of the user’s', async () => {
    const object = `<Contents><Key>another/1.zip</Key><Size>1</Size>${time}</Contents>`;
    const { files, file } = await storageAt(listing(`${whole}${object}`));
    expect(await files.list(file.userId)).toEqual([]);
  });
});
