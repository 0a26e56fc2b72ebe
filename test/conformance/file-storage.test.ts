import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { FileUpload } from '#services/file-storage/service.ts';
import {
  startLocalStorage,
  startMockStorage,
  startS3Storage,
  type FileStorageStack,
} from './file-storage-stack.ts';

const implementations: Record<string, () => Promise<FileStorageStack>> = {
  mock: startMockStorage,
  'a directory': startLocalStorage,
  'S3 on the emulator': startS3Storage,
};

const content = Buffer.from('%PDF-1.7 æøå');
const pdf = () => ({ userId: randomUUID(), extension: 'pdf' }) as const;

const put = (
  { url, headers }: FileUpload,
  change: { url?: string; headers?: Record<string, string>; body?: Uint8Array<ArrayBuffer> } = {},
) =>
  fetch(change.url ?? url, {
    method: 'PUT',
    headers: { ...headers, ...change.headers },
    body: change.body ?? content,
  });

/** The address with one parameter of its query changed, whatever the case of its name. */
function tampered(url: string, name: RegExp, change: (value: string) => string): string {
  const changed = new URL(url);
  const found = [...changed.searchParams].find(([key]) => name.test(key));
  if (!found) throw new Error(`the address has no ${name.source}`);
  changed.searchParams.set(found[0], change(found[1]));
  return changed.href;
}

describe.each(Object.entries(implementations))('file storage: %s', (_name, start) => {
  test('keeps what a client uploads, and gives it back as an attachment', async () => {
    const { files } = await start();
    const file = pdf();
    const upload = await files.beginUpload(file, content.byteLength);
    expect(upload.key).toMatch(new RegExp(`^${file.userId}/[0-9A-HJKMNP-TV-Z]{26}\\.pdf$`));
    expect((await put(upload)).status).toBe(200);
    const answer = await fetch((await files.downloadAddress(upload.key, 'copy.pdf')).url);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="copy.pdf"');
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(content);
  });

  test('keeps what Drop makes, whole or in parts', async () => {
    const { files } = await start();
    const parts = async function* () {
      yield content.subarray(0, 4);
      yield content.subarray(4);
    };
    for (const given of [content, parts()]) {
      const key = await files.putFile(pdf(), given);
      const answer = await fetch((await files.downloadAddress(key)).url);
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(content);
    }
  });

  test("lists a user's files oldest first, and deletes them and no other's", async () => {
    const { files, clock } = await start();
    const [mine, other] = [pdf(), pdf()];
    const first = await files.putFile(mine, content);
    clock.advance(1_000);
    const second = await files.putFile({ ...mine, extension: 'zip' }, content);
    const others = await files.putFile(other, content);
    const listed = await files.list(mine.userId);
    expect(listed.map(({ key, bytes }) => ({ key, bytes }))).toEqual([
      { key: first, bytes: content.byteLength },
      { key: second, bytes: content.byteLength },
    ]);
    expect(await files.deleteFilesOf(mine.userId)).toBe(2);
    expect(await files.list(mine.userId)).toEqual([]);
    expect((await files.list(other.userId)).map(({ key }) => key)).toEqual([others]);
  });

  test('says that a file is not there, and that nothing was to be deleted', async () => {
    const { files } = await start();
    const key = await files.putFile(pdf(), content);
    const gone = key.replace(/.\.pdf$/, (end) => (end.startsWith('0') ? '1.pdf' : '0.pdf'));
    await expect(files.downloadAddress(gone)).rejects.toMatchObject({ code: 'not_found' });
    expect(await files.deleteFilesOf(randomUUID())).toBe(0);
  });

  test('keeps a record for good: the same text again is the same record, another is refused', async () => {
    const { files } = await start();
    expect(await files.records.keep('audit/2026-11-30.json', 'one')).toBe('kept');
    expect(await files.records.keep('audit/2026-11-30.json', 'one')).toBe('kept');
    expect(await files.records.keep('audit/2026-11-30.json', 'two')).toBe('differs');
    expect(await files.records.read('audit/2026-11-30.json')).toBe('one');
    expect(await files.records.read('audit/2026-11-29.json')).toBeUndefined();
  });

  test.each(['../2026', 'a//b', '/a', 'a b', '', 'a/../b'])(
    'refuses the name of a record %j',
    async (name) => {
      const { files } = await start();
      await expect(files.records.keep(name, 'x')).rejects.toMatchObject({ code: 'invalid_request' });
    },
  );

  test('refuses ids, keys and names that no file can have', async () => {
    const { files } = await start();
    const refused = { code: 'invalid_request' };
    const key = await files.putFile(pdf(), content);
    await expect(files.putFile({ userId: '../x', extension: 'pdf' }, content)).rejects.toMatchObject(refused);
    await expect(files.list('records')).rejects.toMatchObject(refused);
    await expect(files.deleteFilesOf('')).rejects.toMatchObject(refused);
    await expect(files.downloadAddress('records/audit.json')).rejects.toMatchObject(refused);
    await expect(files.downloadAddress(key, 'a"b.pdf')).rejects.toMatchObject(refused);
    await expect(files.beginUpload(pdf(), 0)).rejects.toMatchObject(refused);
  });

  test('refuses a file that is larger than a file may be', async () => {
    const { files } = await start();
    const refused = { code: 'payload_too_large' };
    const mebibyte = new Uint8Array(1_048_576);
    const parts = async function* () {
      for (let part = 0; part < 33; part += 1) yield mebibyte;
    };
    await expect(files.putFile(pdf(), parts())).rejects.toMatchObject(refused);
    await expect(files.beginUpload(pdf(), 33_554_433)).rejects.toMatchObject(refused);
  });

  describe('an upload is refused', () => {
    /** Begins an upload, makes the request that `attempt` makes of it, and says that nothing was kept. */
    async function refusedOf(attempt: (upload: FileUpload, stack: FileStorageStack) => Promise<Response>) {
      const stack = await start();
      const file = pdf();
      const upload = await stack.files.beginUpload(file, content.byteLength);
      const { status } = await attempt(upload, stack);
      expect(await stack.files.list(file.userId)).toEqual([]);
      return status;
    }

    test('with a changed signature', async () => {
      const change = (value: string) => `${value.startsWith('a') ? 'b' : 'a'}${value.slice(1)}`;
      expect(
        await refusedOf((upload) => put(upload, { url: tampered(upload.url, /signature$/i, change) })),
      ).toBe(403);
    });

    test('without a signature', async () => {
      const bare = (url: string) => url.slice(0, url.indexOf('?'));
      expect(await refusedOf((upload) => put(upload, { url: bare(upload.url) }))).toBe(403);
    });

    test('with a later end', async () => {
      const later = (value: string) => `${Number(value) + 60}`;
      expect(
        await refusedOf((upload) => put(upload, { url: tampered(upload.url, /expires$/i, later) })),
      ).toBe(403);
    });

    test('under another key', async () => {
      const other = (url: string) => url.replace(/[0-9A-Z]{26}\.pdf/, '01ARYZ6S41TSV4RRFFQ69G5FAV.pdf');
      expect(await refusedOf((upload) => put(upload, { url: other(upload.url) }))).toBe(403);
    });

    test('with another type', async () => {
      const headers = { 'content-type': 'text/html' };
      expect(await refusedOf((upload) => put(upload, { headers }))).toBe(403);
    });

    test('with another length', async () => {
      const body = Buffer.concat([content, content]);
      expect(await refusedOf((upload) => put(upload, { body }))).toBe(403);
    });

    test('at the end of its 900 seconds', async () => {
      const { files, clock } = await start();
      const upload = await files.beginUpload(pdf(), content.byteLength);
      clock.advance(900_000);
      expect((await put(upload)).status).toBe(403);
    });

    test('by the address of a download', async () => {
      const { files } = await start();
      const key = await files.putFile(pdf(), content);
      const { url } = await files.downloadAddress(key);
      const body = Buffer.from('replaced');
      expect(
        (await fetch(url, { method: 'PUT', body, headers: { 'content-type': 'application/pdf' } })).status,
      ).toBe(403);
      expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(content);
    });
  });

  describe('a download is refused', () => {
    async function downloadOf(): Promise<FileStorageStack & { url: string; key: string }> {
      const stack = await start();
      const key = await stack.files.putFile(pdf(), content);
      const { url } = await stack.files.downloadAddress(key, 'copy.pdf');
      expect((await fetch(url)).status).toBe(200);
      return { ...stack, url, key };
    }

    test("of another user's file", async () => {
      const { files, url, key } = await downloadOf();
      const other = await files.putFile(pdf(), content);
      expect((await fetch(url.replace(key, other))).status).toBe(403);
    });

    test('under another name', async () => {
      const { url } = await downloadOf();
      expect((await fetch(url.replace('copy.pdf', 'copy.exe'))).status).toBe(403);
    });

    test('at the end of its 900 seconds, and not before', async () => {
      const { url, clock } = await downloadOf();
      clock.advance(899_000);
      expect((await fetch(url)).status).toBe(200);
      clock.advance(1_000);
      expect((await fetch(url)).status).toBe(403);
    });

    test('by the address of an upload', async () => {
      const { files } = await start();
      const upload = await files.beginUpload(pdf(), content.byteLength);
      await put(upload);
      expect((await fetch(upload.url)).status).toBe(403);
    });
  });
});
