import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { loadConfig } from '#configuration/config.ts';
import type { FaultInput } from '#emulation/faults.ts';
import { listen, type HttpServer } from '#http/listen.ts';
import { emulatorNames, originOf, startEmulators, type Emulation } from '#sandbox/emulators.ts';
import { buildWebIfStale } from '#sandbox/web-build.ts';
import { openStore, type Store } from '#store/database.ts';
import { createLog } from '#process/log.ts';
import { startDrop } from '#process/start.ts';
import { testStore } from '../../support/database.ts';
import { wayTo } from '../../support/severed.ts';
import { Exchanges, type Overridden, type Exchange } from './exchanges.ts';
import type { Canary } from './forms.ts';
import { configuredSecrets } from './secrets.ts';
import { sinksOf } from './sinks.ts';

export interface CanaryStack {
  appOrigin: string;
  store: Store;
  /** Every secret that Drop is configured with. */
  configured: Canary[];
  exchanges: Exchange[];
  /** At BankID, unless it says where. */
  fault(fault: FaultInput, emulator?: string): void;
  /** Everywhere. */
  clearFaults(): void;
  /** What the emulator's control plane does. */
  act(emulator: string, action: string, parameters: Record<string, unknown>): Promise<unknown>;
  override(override: Record<string, unknown>): Promise<void>;
  overrideUserinfo(override: Record<string, unknown>): Promise<void>;
  /** From now on the emulator answers so; undefined is the emulator itself again. */
  answerFor(emulator: string, answer: Overridden | undefined): void;
  /** PostgreSQL breaks off every connection of Drop's and takes no new one, until it is back. */
  loseDatabase(): Promise<void>;
  regainDatabase(): Promise<void>;
  /** Ends Drop, so that nothing is on its way any more, and returns all that it left anywhere, by place. */
  end(): Promise<Map<string, string>>;
}

/** Drop as it is put together in `main.ts`, in this process, among emulators that write down what passes. */
export async function startCanaryStack(environment: Record<string, string> = {}): Promise<CanaryStack> {
  const exchanges = new Exchanges();
  const { servers, app, internal, collector } = await takeServers(exchanges);
  collector.handle(() => Response.json({}));
  const appOrigin = originOf(app);
  const emulation = await startEmulators(servers, { appOrigin, random: () => 0.5, environment });
  onTestFinished(emulation.close);
  const variables = {
    ...emulation.environment,
    DROP_ENVIRONMENT: 'sandbox',
    PORT: `${app.port}`,
    NATIONAL_ID_HASH_KEY: randomBytes(32).toString('base64'),
    DATA_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    AUDIT_SIGNING_KEY: randomBytes(32).toString('base64'),
    OTEL_EXPORTER_OTLP_ENDPOINT: originOf(collector),
    ...environment,
  };
  const logFile = join(await temporaryDirectory(), 'drop.log');
  const log = createLog('debug', logFile);
  const store = await testStore();
  const way = await wayTo(Number(new URL(store.url).port));
  const own = openStore(throughPort(way.port, store.url));
  onTestFinished(() => own.close());
  const database = { store: own, origin: 'external', close: async () => undefined } as const;
  const config = loadConfig(variables);
  const drop = await startDrop({ config, log, database, server: app, internal, webReady: buildWebIfStale() });
  return {
    appOrigin,
    store,
    configured: configuredSecrets(variables),
    exchanges: exchanges.all,
    ...controlsOf(emulation),
    answerFor: (emulator, answer) => exchanges.answerFor(emulator, answer),
    loseDatabase: way.cut,
    regainDatabase: way.mend,
    async end() {
      const metrics = await (await fetch(`${originOf(internal)}/metrics`)).text();
      await drop.close('the test is over');
      log('info', 'nothing follows');
      return sinksOf(store, exchanges, { log: await wholeLog(logFile), metrics });
    },
  };
}

function throughPort(port: number, address: string): string {
  const url = new URL(address);
  url.port = `${port}`;
  return url.href;
}

async function takeServers(
  exchanges: Exchanges,
): Promise<{ servers: Map<string, HttpServer> } & Record<'app' | 'internal' | 'collector', HttpServer>> {
  const take = async (name: string): Promise<HttpServer> => {
    const server = await listen({ host: '127.0.0.1', port: 0, clock: systemClock });
    onTestFinished(() => server.close());
    return exchanges.over(server, name);
  };
  const own = {
    app: await take('app'),
    internal: await take('internal'),
    collector: await take('collector'),
  };
  const emulators = emulatorNames().map(async (name) => [name, await take(name)] as const);
  return { ...own, servers: new Map(await Promise.all(emulators)) };
}

function controlsOf({
  emulators,
}: Emulation): Pick<CanaryStack, 'fault' | 'clearFaults' | 'act' | 'override' | 'overrideUserinfo'> {
  const at = (name: string) => {
    const found = emulators.find(({ emulator }) => emulator.name === name);
    if (!found) throw new RangeError(`no emulator is called ${name}`);
    return found;
  };
  const act: CanaryStack['act'] = async (name, action, parameters) =>
    at(name).emulator.actions?.[action]?.(parameters);
  return {
    act,
    fault: (fault, name = 'bankid') => at(name).faults.add(fault),
    clearFaults: () => emulators.forEach(({ faults }) => faults.clear()),
    override: async (override) => void (await act('bankid', 'bend_next_id_token', override)),
    overrideUserinfo: async (override) => void (await act('bankid', 'bend_next_userinfo', override)),
  };
}

/** The log is written beside what it tells of: it is whole when its last line is there. */
async function wholeLog(file: string): Promise<string> {
  return vi.waitFor(async () => {
    const text = await readFile(file, 'utf8');
    if (!text.includes('nothing follows')) throw new RangeError('the log is still being written');
    return text;
  }, 60_000);
}

async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'drop-canary-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
