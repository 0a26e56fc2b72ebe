import { request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emulatorNames, startEmulators } from '#sandbox/emulators.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { listenOnLoopback, type LoopbackServer } from '../support/loopback.ts';

let servers: Map<string, LoopbackServer>;
let closeEmulators: () => Promise<void>;

beforeAll(async () => {
  const named = emulatorNames().map(async (name) => [name, await listenOnLoopback(0)] as const);
  servers = new Map(await Promise.all(named));
  const options = { appOrigin: 'http://localhost:3000', random: () => 0.5 };
  ({ close: closeEmulators } = await startEmulators(servers, options));
});

afterAll(async () => {
  await closeEmulators();
  await Promise.all([...servers.values()].map((server) => server.close()));
});

/** What a browser gets that has the app's cookie for the language. */
async function page(name: string, path: string, language: string): Promise<string> {
  const headers = { accept: 'text/html', cookie: `drop-locale=${language}`, 'accept-language': 'da' };
  const { body } = await request(`${servers.get(name)?.origin}${path}`, { headers });
  return body.text();
}

const warnings = { nb: 'SANDKASSE – ikke ekte', en: 'SANDBOX – not real' };

test.each(['nb', 'en'] as const)(
  'the first page of each emulator is in the language of the app: %s',
  async (language) => {
    for (const name of servers.keys())
      expect([name, await page(name, '/', language)]).toEqual([
        name,
        expect.stringMatching(new RegExp(`<html lang="${language}">[\\s\\S]*${warnings[language]}`)),
      ]);
  },
);

test.each([
  ['slack', 'Alerts from Drop appear here', 'Varsler fra Drop'],
  ['email', 'No emails yet', 'Ingen e-post'],
  ['better-stack', 'The account is empty', 'Kontoen er tom'],
])(
  'the own page of %s speaks English, and links to the one about the emulator',
  async (name, english, norwegian) => {
    const text = await page(name, '/', 'en');
    expect(text).toContain(english);
    expect(text).not.toContain(norwegian);
    expect(text).toContain('href="/about"');
    expect(await page(name, '/about', 'en')).toContain('Faults that can be set');
  },
);

test('a page that has run out is in the language of the app, for there is no journey', async () => {
  const [{ id }] = openBankingProviders;
  expect(await page(id, '/bank/dnb/payments/gone', 'en')).toContain('This page is no longer in use');
  const fault = await page('bankid', '/auth/realms/sandbox/precheck/auth', 'en');
  expect(fault).toContain('Something is wrong with the request');
});
