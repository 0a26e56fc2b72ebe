import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { createWebShell } from './web-shell.ts';

const index = '<!doctype html><html lang="nb"><body><div id="root"></div></body></html>';

test('the page contains the problem unchanged, with any text in it', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'drop-shell-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  await writeFile(join(directory, 'index.html'), index);
  const shell = createWebShell(directory);
  const texts = fc
    .array(
      fc.oneof(fc.constantFrom('$&', '$`', "$'", '$$', '$1', '$<a>', '</script>', '</body>'), fc.string()),
    )
    .map((parts) => parts.join(''));
  await fc.assert(
    fc.asyncProperty(texts, async (field) => {
      const fields = [{ field, message: field }];
      const problem = { type: '', title: '', status: 400, code: 'invalid_request', message: '' } as const;
      const page = await shell.page({ locale: 'nb', theme: 'auto' }, { ...problem, requestId: '1', fields });
      const [before, json = '', after] = page.split(/<script [^>]*id="drop-problem">|<\/script>/);
      expect(`${before}${after}`).toBe(index);
      expect(JSON.parse(json)).toMatchObject({ fields });
    }),
  );
});
