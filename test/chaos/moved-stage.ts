import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { BankConsentStatus, BankPaymentStatus } from '#emulation/bank/world.ts';
import type { Store } from '#store/database.ts';
import { testStore } from '../support/database.ts';
import { startBalancer, type Balancer } from './balancer.ts';
import { Fleet } from './fleet.ts';

/** What the banks hold, whichever provider brought it. */
export interface BanksBooks {
  accounts: { accountNumber: string; bookedOere: number; reservedOere: number }[];
  payments: { provider: string; status: BankPaymentStatus; amountOere: number }[];
  consents: { provider: string; reference: string; status: BankConsentStatus }[];
}

export interface Banks {
  /** Points the production clients at the emulators. */
  environment: Record<string, string>;
  /** The providers that send webhooks. */
  senders: string[];
  books(): Promise<BanksBooks>;
  act(provider: string, action: string, parameters?: object): Promise<void>;
}

export interface MovedStage {
  store: Store;
  balancer: Balancer;
  banks: Banks;
  fleet: Fleet;
}

interface StageOptions {
  customers: number;
  processes: number;
  seed: number;
  random: () => number;
}

/** Processes of Drop's on one database behind one address, and the world around them in a process of its own. */
export async function movedStage({ customers, processes, seed, random }: StageOptions): Promise<MovedStage> {
  const [store, balancer] = await Promise.all([testStore(), startBalancer(random)]);
  onTestFinished(() => balancer.close());
  const banks = await startBanks({
    APP_ORIGIN: balancer.origin,
    CUSTOMERS: `${customers}`,
    CHAOS_SEED: `${seed}`,
  });
  const environment = {
    ...banks.environment,
    DROP_ENVIRONMENT: 'sandbox',
    BASE_URL: balancer.origin,
    LOG_LEVEL: 'silent',
    NATIONAL_ID_HASH_KEY: randomBytes(32).toString('base64'),
  };
  const fleet = new Fleet({ file: 'moving-app.ts', databaseUrl: store.directUrl, environment }, processes);
  onTestFinished(() => fleet.end());
  balancer.serve(fleet);
  await fleet.atLeast(processes);
  return { store, balancer, banks, fleet };
}

async function startBanks(variables: Record<string, string>): Promise<Banks> {
  const token = randomBytes(18).toString('base64url');
  const child = spawn(process.execPath, [fileURLToPath(new URL('moved-banks.ts', import.meta.url))], {
    env: { PATH: process.env['PATH'], CONTROL_TOKEN: token, ...variables },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { environment, senders, controlOrigin } = JSON.parse(line) as {
    environment: Record<string, string>;
    senders: string[];
    controlOrigin: string;
  };
  async function call(path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${controlOrigin}/__sandbox${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new RangeError(`the control plane answers ${response.status} to ${path}`);
    return response.json();
  }
  return {
    environment,
    senders,
    books: async () => (await call('/books')) as BanksBooks,
    async act(provider, action, parameters = {}) {
      await call(`/${provider}/actions/${action}`, parameters);
    },
  };
}
