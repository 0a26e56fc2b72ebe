import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ManualClock, systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { createFileStorage } from '#services/file-storage/client.ts';
import { startS3, type S3StackOptions } from './file-storage-stack.ts';

const content = Buffer.from('an archive');
const zip = () => ({ userId: randomUUID(), extension: 'zip' }) as const;

async function start(options: S3StackOptions = {}) {
  const stack = await startS3(options);
  const { bucket, clock } = stack;
  const files = createFileStorage([bucket], { clock, entropy: systemEntropy, log: () => undefined });
  return { ...stack, files };
}

/** Two buckets at providers of their own. */
async function startTwo() {
  const clock = new ManualClock(systemClock.now());
  const [first, backup] = [await startS3({ clock }), await startS3({ clock, provider: 's3-backup' })];
  const logged: string[] = [];
  const files = createFileStorage([first.bucket, backup.bucket], {
    clock,
    entropy: systemEntropy,
    log: (message) => logged.push(message),
  });
  return { files, first, backup, logged };
}

describe('an upload to S3', () => {
  const begun = async () => {
    const { files, clock } = await start();
    return { clock, ...(await files.beginUpload(zip(), content.byteLength)) };
  };
  const put = (url: string, headers: Record<string, string>) =>
    fetch(url, { method: 'PUT', headers, body: content });

  test('fixes its type, its length and 900 seconds, and holds no checksum of an empty body', async () => {
    const { searchParams } = new URL((await begun()).url);
    expect(searchParams.get('X-Amz-SignedHeaders')).toBe('content-length;content-type;host');
    expect(searchParams.get('X-Amz-Expires')).toBe('900');
    expect([...searchParams.keys()].filter((name) => /checksum/i.test(name))).toEqual([]);
  });

  test.each(['Algorithm', 'Credential', 'Date', 'Expires', 'SignedHeaders', 'Signature'])(
    'is refused without X-Amz-%s',
    async (name) => {
      const { url, headers } = await begun();
      const changed = new URL(url);
      changed.searchParams.delete(`X-Amz-${name}`);
      expect((await put(changed.href, headers)).status).toBe(403);
    },
  );

  test.each([
    ['another region', 'X-Amz-Credential', (value: string) => value.replace('eu-north-1', 'us-east-1'), 400],
    ['another service', 'X-Amz-Credential', (value: string) => value.replace('/s3/', '/sqs/'), 400],
    [
      'another access key',
      'X-Amz-Credential',
      (value: string) => value.replace('demo-AKIA', 'demo-other'),
      403,
    ],
    ['another time', 'X-Amz-Date', (value: string) => `${value.slice(0, 9)}000000Z`, 403],
    ['more than a week', 'X-Amz-Expires', () => '604801', 403],
    ['fewer signed headers', 'X-Amz-SignedHeaders', () => 'host', 403],
  ])('is refused with %s', async (_what, name, change, status) => {
    const { url, headers } = await begun();
    const changed = new URL(url);
    changed.searchParams.set(name, change(changed.searchParams.get(name) ?? ''));
    expect((await put(changed.href, headers)).status).toBe(status);
  });

  test('is refused with a further parameter of the query', async () => {
    const { url, headers } = await begun();
    expect((await put(`${url}&x-amz-acl=public-read`, headers)).status).toBe(403);
  });

  test("is refused with a header of Amazon's that is not signed", async () => {
    const { url, headers } = await begun();
    expect((await put(url, { ...headers, 'x-amz-acl': 'public-read' })).status).toBe(403);
  });
});

describe('calls to S3', () => {
  test.each([
    ['with another secret', { secretAccessKey: 'demo-another' }, 'provider_rejected_credentials'],
    ['with an unknown access key', { accessKeyId: 'demo-unknown' }, 'provider_rejected_credentials'],
    ['for another region', { region: 'us-east-1' }, 'provider_rejected_credentials'],
    ['to a bucket that is not there', { bucket: 'demo-nowhere' }, 'provider_refused'],
  ])('fail %s', async (_what, client, code) => {
    const { files, keys } = await start({ client });
    await expect(files.putFile(zip(), content)).rejects.toMatchObject({
      code,
      details: { outcome: 'refused' },
    });
    expect(keys()).toEqual([]);
  });

  test('fail when the clocks are more than 15 minutes apart', async () => {
    const { files, clock } = await start();
    clock.advance(901_000 + 60_000);
    await expect(files.list(randomUUID())).rejects.toMatchObject({ code: 'provider_rejected_credentials' });
  });

  test('are recorded by their operation, without a key in what is recorded', async () => {
    const { files, attempts } = await start();
    const file = zip();
    const key = await files.putFile(file, content);
    await files.downloadAddress(key);
    await files.deleteFilesOf(file.userId);
    const operations = attempts.map(({ operation }) => operation);
    expect(operations).toEqual([
      's3.put_object',
      's3.list_objects',
      's3.list_objects',
      's3.delete_object',
      's3.list_objects',
    ]);
    expect(JSON.stringify(attempts.map(({ operation, origin }) => ({ operation, origin })))).not.toContain(
      key,
    );
  });

  test('are repeated after a failure, and a file whose answer was lost is there once', async () => {
    const { files, faults, keys } = await start();
    faults.add({ operation: 'put_object', effect: 'drop-after-commit', times: 1 });
    const key = await files.putFile(zip(), content);
    expect(keys()).toEqual([key]);
  });

  test('open the breaker with the tenth failure in a row, not before', async () => {
    const { files, faults, outbound, attempts } = await start();
    faults.add({ operation: 'put_object', effect: 'status', code: 'InternalError' });
    for (let call = 0; call < 20; call += 1)
      await expect(files.putFile(zip(), content)).rejects.toMatchObject({ code: 'provider_unavailable' });
    expect(outbound.breakerState).toBe('open');
    expect(attempts.filter(({ status }) => status === 500)).toHaveLength(10);
  });

  test('never replace an object that is there', async () => {
    const { bucket } = await start();
    const object = { key: 'records/x', type: 'text/plain', bytes: content };
    expect(await bucket.put(object)).toBe('written');
    expect(await bucket.put({ ...object, bytes: Buffer.from('other') })).toBe('exists');
    expect(Buffer.from((await bucket.read('records/x')) ?? [])).toEqual(content);
  });

  test('list more than one page', async () => {
    const { files, clock } = await start({ pageMax: 2 });
    const file = zip();
    const keys: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      keys.push(await files.putFile(file, content));
      clock.advance(1);
    }
    expect((await files.list(file.userId)).map(({ key }) => key)).toEqual(keys);
    expect(await files.deleteFilesOf(file.userId)).toBe(5);
  });
});

describe('a second bucket', () => {
  const down = { operation: '*', effect: 'status', status: 503 } as const;

  test('takes a new file while the first is down, and gives it back', async () => {
    const { files, first, backup, logged } = await startTwo();
    first.faults.add(down);
    const file = zip();
    const key = await files.putFile(file, content);
    expect([first.keys(), backup.keys()]).toEqual([[], [key]]);
    expect(logged).toContain('a storage of files does not answer');
    expect((await fetch((await files.downloadAddress(key)).url)).status).toBe(200);
    first.faults.clear();
    expect((await files.list(file.userId)).map((each) => each.key)).toEqual([key]);
  });

  test('takes an upload that begins while the first is down', async () => {
    const { files, first, backup } = await startTwo();
    first.faults.add(down);
    const { url, headers, key } = await files.beginUpload(zip(), content.byteLength);
    expect((await fetch(url, { method: 'PUT', headers, body: content })).status).toBe(200);
    expect(backup.keys()).toEqual([key]);
  });

  test("is not asked to keep what the first refuses, since that is the operator's to mend", async () => {
    const { files, first, backup } = await startTwo();
    first.faults.add({ operation: 'put_object', effect: 'status', code: 'AccessDenied' });
    await expect(files.putFile(zip(), content)).rejects.toMatchObject({
      code: 'provider_rejected_credentials',
    });
    expect(backup.keys()).toEqual([]);
  });

  test('is down too: everything is refused clearly', async () => {
    const { files, first, backup } = await startTwo();
    const key = await files.putFile(zip(), content);
    for (const { faults } of [first, backup]) faults.add(down);
    const refused = { code: 'provider_unavailable' };
    await expect(files.putFile(zip(), content)).rejects.toMatchObject(refused);
    await expect(files.beginUpload(zip(), 5)).rejects.toMatchObject(refused);
    await expect(files.downloadAddress(key)).rejects.toMatchObject(refused);
    await expect(files.records.keep('audit/x', 'x')).rejects.toMatchObject(refused);
  });

  test('is deleted from as well, and what is not known to be gone is not called deleted', async () => {
    const { files, first, backup } = await startTwo();
    const file = zip();
    first.faults.add(down);
    await files.putFile(file, content);
    await expect(files.deleteFilesOf(file.userId)).rejects.toMatchObject({ code: 'provider_unavailable' });
    first.faults.clear();
    await files.putFile(file, content);
    expect(await files.deleteFilesOf(file.userId)).toBe(2);
    expect([first.keys(), backup.keys()]).toEqual([[], []]);
  });

  test('keeps a record that the first had no chance to keep, and it stays the same record', async () => {
    const { files, first, backup } = await startTwo();
    first.faults.add(down);
    expect(await files.records.keep('audit/2026-11-30.json', 'one')).toBe('kept');
    first.faults.clear();
    expect(await files.records.keep('audit/2026-11-30.json', 'two')).toBe('differs');
    expect(await files.records.keep('audit/2026-11-30.json', 'one')).toBe('kept');
    expect([first.keys(), backup.keys()]).toEqual([[], ['records/audit/2026-11-30.json']]);
  });

  test('may hold a record: while it is down, one that the first lacks is not called missing', async () => {
    const { files, backup } = await startTwo();
    await files.records.keep('audit/2026-11-30.json', 'one');
    backup.faults.add(down);
    expect(await files.records.read('audit/2026-11-30.json')).toBe('one');
    const unread = files.records.read('audit/2026-11-29.json');
    await expect(unread).rejects.toMatchObject({ code: 'provider_unavailable' });
  });
});
