import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { loadConfig } from '#config';
import type { FaultInput } from '#emulation/faults.ts';
import { listen, type HttpServer } from '#inbound/listen.ts';
import { emulatorNames, originOf, startEmulators, type PlacedEmulator } from '#sandbox/emulators.ts';
import { buildWebIfStale } from '#sandbox/web-build.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import type { Store } from '#store/database.ts';
import { createLog } from '../../../src/log.ts';
import { startDrop } from '../../../src/main.ts';
import { testStore } from '../../support/database.ts';

/** One request to a server of the test's, with its answer. */
export interface Exchange {
  server: string;
  url: URL;
  requestBody: string;
  status: number;
  location: string | undefined;
  cookies: string[];
  body: string;
}

export interface CanaryStack {
  appOrigin: string;
  store: Store;
  hashKey: string;
  exchanges: Exchange[];
  fault(fault: FaultInput): void;
  clearFaults(): void;
  bend(bend: Record<string, unknown>): Promise<void>;
  bendUserinfo(bend: Record<string, unknown>): Promise<void>;
  /** Ends Drop, so that nothing is on its way any more, and returns what it wrote into its log. */
  close(): Promise<string>;
}

/** Drop as it is put together in `main.ts`, in this process, among emulators that write down what passes. */
export async function startCanaryStack(environment: Record<string, string>): Promise<CanaryStack> {
  const exchanges: Exchange[] = [];
  const take = async (name: string): Promise<HttpServer> => {
    const server = await listen({ host: '127.0.0.1', port: 0 });
    onTestFinished(() => server.close());
    return writingDown(server, name, exchanges);
  };
  const names = [...emulatorNames, 'app', 'collector'];
  const servers = new Map(await Promise.all(names.map(async (name) => [name, await take(name)] as const)));
  const [app, collector] = [servers.get('app'), servers.get('collector')];
  if (!app || !collector) throw new RangeError('both were taken');
  collector.handle(() => Response.json({}));
  const [{ id: providerId }] = openBankingProviders;
  const appOrigin = originOf(app);
  const emulation = await startEmulators(servers, { appOrigin, providerId, random: () => 0.5 });
  const hashKey = randomBytes(32).toString('base64');
  const config = loadConfig({
    ...emulation.environment,
    DROP_ENVIRONMENT: 'sandbox',
    PORT: `${app.port}`,
    NATIONAL_ID_HASH_KEY: hashKey,
    OPENBANKING_PROVIDER: providerId,
    OTEL_EXPORTER_OTLP_ENDPOINT: originOf(collector),
    ...environment,
  });
  const logFile = join(await temporaryDirectory(), 'drop.log');
  const log = createLog('debug', logFile);
  const store = await testStore();
  const database = { store, origin: 'external', close: async () => undefined } as const;
  const drop = await startDrop({ config, log, database, server: app, webReady: buildWebIfStale() });
  const bankId = emulation.emulators.find(({ emulator }) => emulator.name === 'bankid');
  if (!bankId) throw new RangeError('there is BankID');
  return {
    ...{ appOrigin, store, hashKey, exchanges },
    ...controlsOf(bankId),
    async close() {
      await drop.close('the test is over');
      log('info', 'nothing follows');
      return vi.waitFor(async () => {
        const text = await readFile(logFile, 'utf8');
        if (!text.includes('nothing follows')) throw new RangeError('the log is still being written');
        return text;
      });
    },
  };
}

function controlsOf({
  emulator,
  faults,
}: PlacedEmulator): Pick<CanaryStack, 'fault' | 'clearFaults' | 'bend' | 'bendUserinfo'> {
  return {
    fault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    async bend(bend) {
      await emulator.actions?.['bend_next_id_token']?.(bend);
    },
    async bendUserinfo(bend) {
      await emulator.actions?.['bend_next_userinfo']?.(bend);
    },
  };
}

function writingDown(server: HttpServer, name: string, exchanges: Exchange[]): HttpServer {
  return {
    port: server.port,
    close: (graceMs) => server.close(graceMs),
    handle(handler, intake) {
      server.handle(async (request, bindings) => {
        const url = new URL(request.url);
        const requestBody = request.method === 'GET' ? '' : await request.clone().text();
        const response = await handler(request, bindings);
        const isStream = (response.headers.get('content-type') ?? '').includes('event-stream');
        exchanges.push({
          ...{ server: name, url, requestBody, status: response.status },
          location: response.headers.get('location') ?? undefined,
          cookies: response.headers.getSetCookie(),
          body: isStream ? '' : await response.clone().text(),
        });
        return response;
      }, intake);
    },
  };
}

async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'drop-canary-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
