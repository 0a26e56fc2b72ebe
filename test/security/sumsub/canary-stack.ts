import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { loadConfig } from '#config';
import { systemClock } from '#domain/clock.ts';
import { Faults } from '#emulation/faults.ts';
import { listen, type Handler, type HttpServer } from '#inbound/listen.ts';
import { emulatorNames, originOf, startEmulators } from '#sandbox/emulators.ts';
import { buildWebIfStale } from '#sandbox/web-build.ts';
import { createSumsubEmulator } from '#services/sumsub/emulator/index.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import type { Store } from '#store/database.ts';
import { insertSession } from '#store/sessions.ts';
import { insertUser } from '#store/users.ts';
import { createLog } from '../../../src/log.ts';
import { startDrop } from '../../../src/main.ts';
import { testStore } from '../../support/database.ts';

/** As Sumsub's own look; made for this run, so that nothing but a leak can hold them. */
export const secrets = {
  appToken: `sbx:demo-${randomBytes(18).toString('base64url')}`,
  secretKey: `demo-${randomBytes(24).toString('base64url')}`,
  webhookSecret: `demo-${randomBytes(24).toString('base64url')}`,
};

export interface CanaryStack {
  store: Store;
  /** Sumsub answers so for whatever is asked; undefined is the emulator again. */
  answerWith(answer: (() => Response) | undefined): void;
  /** What Drop answers somebody who is signed in and not verified. */
  visit(path: string): Promise<{ status: number; body: string }>;
  webhook(headers: Record<string, string>, body: string): Promise<{ status: number; body: string }>;
  act(action: string, parameters: Record<string, unknown>): Promise<unknown>;
  userId: string;
  alerts(): string;
  metrics(): Promise<string>;
  /** Ends Drop, and returns its log. */
  close(): Promise<string>;
}

/** Drop as `main.ts` puts it together, with a Sumsub that can be made to say anything. */
export async function startCanaryStack(): Promise<CanaryStack> {
  const take = async (name: string): Promise<[string, HttpServer]> => {
    const server = await listen({ host: '127.0.0.1', port: 0 });
    onTestFinished(() => server.close());
    return [name, server];
  };
  const servers = new Map(await Promise.all([...emulatorNames, 'app', 'bent'].map(take)));
  const [app, bent] = [servers.get('app'), servers.get('bent')];
  const [{ id: providerId }] = openBankingProviders;
  if (!app || !bent) throw new RangeError('both were taken');
  const appOrigin = originOf(app);
  const emulation = await startEmulators(servers, { appOrigin, providerId, random: () => 0.5 });
  const { answerWith, sumsub } = bendable(bent, { appOrigin, origin: originOf(bent) });
  const logFile = join(await temporaryDirectory(), 'drop.log');
  const log = createLog('debug', logFile);
  const store = await testStore();
  const config = loadConfig({
    ...emulation.environment,
    DROP_ENVIRONMENT: 'sandbox',
    PORT: `${app.port}`,
    NATIONAL_ID_HASH_KEY: randomBytes(32).toString('base64'),
    OPENBANKING_PROVIDER: providerId,
    SUMSUB_API_URL: originOf(bent),
    SUMSUB_APP_TOKEN: secrets.appToken,
    SUMSUB_SECRET_KEY: secrets.secretKey,
    SUMSUB_WEBHOOK_SECRET: secrets.webhookSecret,
  });
  const database = { store, origin: 'external', close: async () => undefined } as const;
  const drop = await startDrop({ config, log, database, server: app, webReady: buildWebIfStale() });
  const { userId, token } = await signedIn(store);
  const ask = async (path: string, init?: RequestInit): Promise<{ status: number; body: string }> => {
    const response = await fetch(`${appOrigin}${path}`, init);
    return { status: response.status, body: await response.text() };
  };
  const slack = emulation.emulators.find(({ emulator }) => emulator.name === 'slack');
  return {
    ...{ store, userId, answerWith },
    visit: (path) => ask(path, { headers: { authorization: `Bearer ${token}` } }),
    webhook: (headers, body) => ask('/api/kyc/webhook', { method: 'POST', headers, body }),
    act: async (action, parameters) => sumsub.actions?.[action]?.(parameters),
    alerts: () => JSON.stringify(slack?.emulator.state()),
    metrics: async () => (await ask('/metrics')).body,
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

/** The emulator with the canaries as credentials, until it is told what to say instead. */
function bendable(server: HttpServer, { appOrigin, origin }: { appOrigin: string; origin: string }) {
  let bent: (() => Response) | undefined;
  const random = (): number => 0;
  const sumsub = createSumsubEmulator(
    { clock: systemClock, origin, faults: new Faults(systemClock, random), random, deliver },
    {
      ...secrets,
      webhookUrl: `${appOrigin}/api/kyc/webhook`,
      levelName: 'basic-kyc-level',
      reviewDelayMs: 1,
    },
  );
  const handler: Handler = (request, bindings) => bent?.() ?? sumsub.routes.fetch(request, bindings);
  server.handle(handler);
  return {
    sumsub,
    answerWith(answer: (() => Response) | undefined): void {
      bent = answer;
    },
  };
}

async function deliver(webhook: { url: string; headers: Record<string, string>; body: string }) {
  const { url, ...init } = webhook;
  return (await fetch(url, { method: 'POST', ...init })).status;
}

async function signedIn({ database }: Store): Promise<{ userId: string; token: string }> {
  const [userId, token, at] = [randomUUID(), randomBytes(32).toString('base64url'), systemClock.now()];
  await insertUser(database, {
    ...{ id: userId, nationalIdHash: userId, nationalIdHashKeyId: '1', issuer: 'test', subject: userId },
    ...{ name: 'Kari Kanari', at },
  });
  const expiresAt = new Date(at.getTime() + 3_600_000);
  await insertSession(database, {
    ...{ id: randomUUID(), token, userId, kind: 'app', userAgent: undefined, at, expiresAt },
  });
  return { userId, token };
}

async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'drop-canary-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
