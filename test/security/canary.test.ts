import { createHash } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiagnosticsChannel } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { bankIdPeople } from '#sandbox/people.ts';
import type { Store } from '#store/database.ts';
import { Journey } from '../../src/cli/journey.ts';
import { Visitor } from '../../src/cli/visitor.ts';
import { testStore } from '../support/database.ts';
import { startSandbox, type RunningSandbox } from '../support/sandbox.ts';

const number = bankIdPeople(systemClock.now())[0]?.nationalIdentityNumber ?? '';
const accountNumbers = /\b15032080\d{3}\b/;

/** Every form in which the number must be nowhere. */
const numberForms = [
  number,
  createHash('sha256').update(number).digest('hex'),
  createHash('sha256').update(number).digest('base64'),
  Buffer.from(number).toString('base64'),
  Buffer.from(number).toString('base64url'),
];
const configured = ['demo-bankid-client-secret', 'demo-sumsub-secret-key', 'demo-sumsub-webhook-secret'];

/** What passed over the wire of this process: addresses, and the secrets in them and in the headers. */
function watchTheWire(): { addresses: URL[]; secrets: Set<string> } {
  const addresses: URL[] = [];
  const secrets = new Set<string>();
  const onRequest = (message: unknown): void => {
    const { request } = message as DiagnosticsChannel.RequestCreateMessage;
    const url = new URL(request.path, String(request.origin));
    addresses.push(url);
    for (const name of ['code', 'state']) secrets.add(url.searchParams.get(name) ?? '');
    const [, bearer = ''] = /Bearer ([\w.~+/=-]+)/.exec(String(request.headers)) ?? [];
    secrets.add(bearer);
  };
  const onHeaders = (message: unknown): void => {
    const { response } = message as DiagnosticsChannel.RequestHeadersMessage;
    for (const header of Object.values(response.headers).flat()) {
      const [, cookie = ''] = /^[^=\s]+=([\w-]{40,});/.exec(String(header)) ?? [];
      secrets.add(cookie);
    }
  };
  subscribe('undici:request:create', onRequest);
  subscribe('undici:request:headers', onHeaders);
  onTestFinished(() => {
    unsubscribe('undici:request:create', onRequest);
    unsubscribe('undici:request:headers', onHeaders);
  });
  return { addresses, secrets };
}

async function wholeJourney(origin: string): Promise<void> {
  const journey = new Journey(origin);
  await journey.signIn();
  await journey.verify();
  await journey.linkBank();
  await journey.readBalance();
  await journey.pay();
  await journey.approve();
  await journey.awaitSettlement();
  await journey.close();
}

/** Everything that goes wrong and could be written down while it does. */
async function provoke(sandbox: RunningSandbox): Promise<void> {
  const { appOrigin } = sandbox;
  const visitor = new Visitor();
  for (const path of [
    `/api/auth/bankid/callback?code=${number}&state=${number}`,
    `/api/auth/bankid/callback?error=${number}&error_description=${number}&state=x`,
    `/api/openbanking/callback?code=${number}&state=${number}`,
    `/api/payments/${number}`,
  ])
    await visitor.visit(`${appOrigin}${path}`);
  const headers = { 'content-type': 'application/json', 'idempotency-key': 'x'.repeat(20) };
  for (const path of ['/api/payments', '/api/bank-connections', '/api/kyc/webhook'])
    for (const body of [JSON.stringify({ [number]: number, accountId: number }), `{"x": ${number}`])
      await visitor.visit(`${appOrigin}${path}`, { method: 'POST', headers, body });
  for (const name of Object.keys(sandbox.emulators)) {
    for (const effect of ['status', 'malformed', 'reset', 'empty']) {
      await sandbox.control('POST', `/${name}/faults`, { operation: '*', effect, status: 500 });
      await wholeJourney(appOrigin).catch(() => undefined);
      await sandbox.control('DELETE', `/${name}/faults`);
    }
  }
}

async function dumpOf({ pool }: Store): Promise<string> {
  const { rows } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const tables = await Promise.all(
    rows.map(({ name }) =>
      pool.query<{ json: string | null }>(`select json_agg(t)::text as json from ${name} t`),
    ),
  );
  return tables.map((table, at) => `${rows[at]?.name} ${table.rows[0]?.json}`).join('\n');
}

test('after a journey and every failure, neither the number nor a secret is written anywhere', async () => {
  const store = await testStore();
  const wire = watchTheWire();
  const sandbox = await startSandbox({ environment: { DATABASE_URL: store.url, LOG_LEVEL: 'debug' } });
  onTestFinished(() => sandbox.remove());
  await wholeJourney(sandbox.appOrigin);
  const visited = wire.addresses.map(({ href }) => href).join('\n');
  await provoke(sandbox);

  const visitor = new Visitor();
  const bodyOf = async (address: string): Promise<string> => (await visitor.visit(address)).body;
  const places = {
    database: await dumpOf(store),
    log: await readFile(join(sandbox.dataDirectory, 'drop.log'), 'utf8'),
    channel: await bodyOf(sandbox.emulators['slack'] ?? ''),
    metrics: await bodyOf(`${sandbox.appOrigin}/metrics`),
  };
  // That the search can find at all: each place holds what it should.
  expect(places.database).toContain('Kari Testnes');
  expect(places.log).toContain('"level"');
  expect(places.metrics).toContain('# HELP');
  const secrets = [...wire.secrets].filter((secret) => secret.length >= 16);
  expect(secrets.length).toBeGreaterThanOrEqual(4);
  for (const [place, text] of Object.entries(places)) {
    const found = [...numberForms, ...configured, ...secrets].filter((canary) => text.includes(canary));
    expect(found.map((canary) => `${place}: ${text.slice(text.indexOf(canary) - 80).slice(0, 160)}`)).toEqual(
      [],
    );
  }
  expect(numberForms.filter((form) => visited.includes(form))).toEqual([]);
  expect(accountNumbers.exec(places.log)).toBeNull();
}, 120_000);
