import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { appErrors } from '#http/routes/mobile.ts';

test('docs/mobile.md explains every error word that the app may receive', () => {
  const text = readFileSync(new URL('../../../docs/mobile.md', import.meta.url), 'utf8');
  const told = [...text.matchAll(/^\| `…\?error=(\w+)&state=…`/gm)].map(([, word]) => word ?? '');
  expect(told.toSorted()).toEqual([...new Set([...Object.values(appErrors), 'failed'])].toSorted());
});
