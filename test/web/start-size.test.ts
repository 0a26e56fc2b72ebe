import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesOf, readManifest } from '#http/first-screen.ts';

const directory = 'web/dist';
const manifest = (await readManifest(directory)) ?? {};

/** The bytes of script, as Brotli, that a browser needs until the screen is there. */
async function startBytes(screen: string): Promise<number> {
  const modules = ['index.html', `customer/${screen}.tsx`];
  const scripts = new Set(modules.flatMap((module) => filesOf(manifest, module)));
  const sizes = [...scripts]
    .filter((file) => file.endsWith('.js'))
    .map(async (file) => (await stat(join(directory, `${file}.br`))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

test.each([
  ['home/front-page', 115_500],
  ['sign-in/sign-in-page', 115_500],
  ['home/overview', 127_800],
])('the script that %s starts with has at most %i bytes as Brotli', async (screen, most) => {
  expect(manifest).toHaveProperty([`customer/${screen}.tsx`]);
  expect(await startBytes(screen)).toBeLessThanOrEqual(most);
});

test('texts of paying, the check of an identity and devices come with their screens', async () => {
  const start = filesOf(manifest, 'index.html').filter((file) => file.endsWith('.js'));
  const scripts = (await Promise.all(start.map((file) => readFile(join(directory, file), 'utf8')))).join(
    '\n',
  );
  expect(scripts).toContain('Logg inn med BankID');
  for (const later of ['Kontroller og bekreft', 'Pass, nasjonalt ID-kort', 'Logg ut av alle enheter'])
    expect(scripts).not.toContain(later);
});
