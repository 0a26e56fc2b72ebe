import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wordProgress } from '#sandbox/progress.ts';
import { startSandbox, type RunningSandbox } from '../support/sandbox.ts';

const run = promisify(execFile);
let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.remove());

interface Ready {
  controlOrigin: string;
  controlToken: string;
  connections: Record<string, { origin: string; variables: Record<string, string> }>;
}

const ready = (): Ready => sandbox.events.find(({ event }) => event === 'ready') as unknown as Ready;

/** The examples of docs/sandbox.md, as one program. */
async function examples(): Promise<string> {
  const text = await readFile('docs/sandbox.md', 'utf8');
  return [...text.matchAll(/```js\n(.*?)```/gs)].map(([, code]) => code).join('\n');
}

test('the examples of docs/sandbox.md run as they are', async () => {
  const { controlOrigin: CONTROL_ORIGIN, controlToken: CONTROL_TOKEN } = ready();
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', await examples()], {
    env: { CONTROL_ORIGIN, CONTROL_TOKEN },
  });
  const lines = stdout.trim().split('\n');
  expect(lines).toEqual([
    ...Object.keys(sandbox.emulators).map(
      (name) => expect.stringMatching(`^${name} http://localhost:`) as unknown,
    ),
    'signed in my-client Kari Testnes',
    '503 temporarily_unavailable',
    'applicant 201 customer-1',
    'slack 400 invalid_blocks',
  ]);
});

test('--json names address, client id, secrets and keys of every emulator', () => {
  const { connections } = ready();
  expect(Object.keys(connections)).toEqual(Object.keys(sandbox.emulators));
  for (const [name, { origin, variables }] of Object.entries(connections)) {
    expect(origin).toBe(sandbox.emulators[name]);
    const addresses =
      name === 'email' ? /^smtp:\/\/demo-[^@]+@(localhost|127\.0\.0\.1):\d+$/ : new RegExp(`^${origin}`);
    expect(Object.values(variables)).toContainEqual(expect.stringMatching(addresses));
  }
  expect(connections['bankid']?.variables).toMatchObject({
    BANKID_CLIENT_ID: 'demo-drop',
    BANKID_CLIENT_SECRET: 'demo-bankid-client-secret',
  });
  expect(connections['sumsub']?.variables).toMatchObject({
    SUMSUB_APP_TOKEN: 'demo-sumsub-app-token',
    SUMSUB_SECRET_KEY: 'demo-sumsub-secret-key',
    SUMSUB_WEBHOOK_SECRET: 'demo-sumsub-webhook-secret',
  });
});

test('the control plane tells the same connections', async () => {
  expect(await sandbox.control('GET', '/connections')).toEqual(ready().connections);
});

test('a start without --json prints the address and the token of the control plane', () => {
  let printed = '';
  wordProgress((text) => (printed += text)).ready({
    appOrigin: 'http://localhost:3000',
    internalOrigin: 'http://localhost:3001',
    controlOrigin: 'http://localhost:3050',
    controlToken: 'token-of-this-test',
    emulators: [{ title: 'Bank', origin: 'http://localhost:3010' } as never],
    people: [],
    bankCustomers: [],
    dataDirectory: '.drop',
    logFile: '.drop/drop.log',
    startedInMs: 1,
  });
  expect(printed).toContain('http://localhost:3050/__sandbox/connections');
  expect(printed).toContain('Authorization: Bearer token-of-this-test');
  expect(printed).toContain('docs/sandbox.md');
});

test.each([
  ['POST', '/bank-id/faults', 404, 'no such emulator; there are: bankid, sumsub, '],
  ['DELETE', '/bank-id/faults', 404, 'no such emulator; there are: bankid, sumsub, '],
  ['POST', '/bank-id/actions/imitate', 404, 'no such emulator; there are: bankid, sumsub, '],
  ['POST', '/sumsub/actions/constructor', 404, 'no such action; there are: '],
  ['POST', '/bankid/faults', 400, '→ at operation'],
  ['POST', '/sumsub/actions/set_webhook_url', 400, 'must be an http: address of localhost or 127.0.0.1'],
] as const)(
  '%s %s of the control plane is refused with %i and a text',
  async (method, path, status, text) => {
    const body = path.includes('url') ? { url: 'http://sumsub.example/' } : {};
    const refused = sandbox.control(method, path, body).then(() => 'accepted', String);
    const [, shown, json = '{}'] = /control plane: (\d+) (.*)/s.exec(await refused) ?? [];
    expect(shown).toBe(String(status));
    expect(JSON.parse(json)).toEqual({ error: expect.stringContaining(text) as unknown });
  },
);
