import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { loadConfig } from '#configuration/config.ts';
import { version } from '#configuration/version.ts';
import { systemClock } from '#domain/clock.ts';
import { listen } from '#http/listen.ts';
import { takeListeners } from '#process/listeners.ts';
import { startDrop } from '#process/start.ts';
import { createTeardown } from '#process/teardown.ts';
import { originOf } from '#sandbox/emulators.ts';
import { placeWebBuild } from '#sandbox/web-build.ts';
import { guardsOf } from '#services/definition.ts';
import { serviceEntries } from '#services/services.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { openStore } from '#store/database.ts';
import { createTestDatabase } from '../support/test-server.ts';

const mock = { NEXT_PUBLIC_SERVICE_MODE: 'mock', DROP_ENVIRONMENT: 'sandbox', PORT: '0' };

const guards = [...serviceEntries.map(([, definition]) => definition), ...openBankingProviders].flatMap(
  guardsOf,
);

describe('of the two listeners', () => {
  let origins: Record<'public' | 'internal', string>;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    await placeWebBuild();
    const take = () => listen({ host: '127.0.0.1', port: 0, clock: systemClock });
    const [server, internal] = [await take(), await take()];
    const { url, drop } = await createTestDatabase(inject('postgresUrl'));
    const store = openStore(url);
    const database = { store, origin: 'external', close: async () => undefined } as const;
    const running = await startDrop({
      config: loadConfig(mock),
      log: () => undefined,
      database,
      server,
      internal,
      webReady: new Promise(() => undefined),
    });
    origins = { public: originOf(server), internal: originOf(internal) };
    stop = async () => {
      await running.close('the tests are over');
      await store.close();
      await drop();
    };
  });
  afterAll(() => stop());

  test('the public one tells of its health the status alone', async () => {
    const response = await fetch(`${origins.public}/api/health`);
    expect([response.status, await response.text()]).toEqual([200, '{"status":"ok"}']);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('the internal one tells the version and every component', async () => {
    const response = await fetch(`${origins.internal}/api/health`);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ status: 'ok', version, components: { database: 'pass' } });
    expect(text).toMatch(/^\{"status":"ok",/);
    expect(text.split('"status":"ok"')).toHaveLength(2);
  });

  test('the internal one alone has metrics', async () => {
    const internal = await fetch(`${origins.internal}/metrics`);
    expect(internal.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await internal.text()).toContain('process_resident_memory_bytes');
    const publicly = await fetch(`${origins.public}/metrics`);
    expect([publicly.status, await publicly.text()]).toEqual([404, expect.stringContaining('"not_found"')]);
  });

  test('the internal one serves no customer', async () => {
    for (const path of ['/', '/api/me', '/api/auth/bankid', '/api/app'])
      expect((await fetch(`${origins.internal}${path}`)).status).toBe(404);
  });

  test.each([
    '/api/health',
    '/api/health/ready',
    '/api/health/live',
    '/api/app',
    '/api/openapi.json',
    '/api/x',
  ])('the public one tells at %s neither its version nor the state of a provider', async (path) => {
    const response = await fetch(`${origins.public}${path}`);
    const told = `${await response.text()} ${JSON.stringify([...response.headers])}`;
    expect(told).not.toContain(version);
    expect(told).not.toContain('components":{"database');
    for (const guard of guards) expect(told).not.toContain(`"${guard}":`);
  });
});

describe('the ports', () => {
  async function takenPort(): Promise<number> {
    const server = createServer();
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  test('are taken together, any free ones with PORT=0', async () => {
    const teardown = createTeardown();
    const { server, internal } = await takeListeners(loadConfig(mock), systemClock, teardown);
    expect(server.port).not.toBe(internal.port);
    await teardown.run('the test is over');
    await expect(fetch(originOf(internal))).rejects.toThrow();
  });

  test.each(['PORT', 'INTERNAL_PORT'])('are named by their variables if %s is in use', async (variable) => {
    const teardown = createTeardown();
    onTestFinished(() => teardown.run('the test is over'));
    const port = await takenPort();
    const config = loadConfig({ ...mock, INTERNAL_PORT: '0', [variable]: `${port}` });
    await expect(takeListeners(config, systemClock, teardown)).rejects.toMatchObject({
      code: 'configuration_invalid',
      message: expect.stringMatching(`${variable}: 127.0.0.1 port ${port} is in use`),
    });
  });
});
