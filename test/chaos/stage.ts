import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { BankConsentStatus, BankPaymentStatus } from '#emulation/bank/world.ts';
import type { FaultInput } from '#emulation/faults.ts';
import type { Store } from '#store/database.ts';
import { startBalancer, type Balancer } from './balancer.ts';
import type { Pace } from './fast-clock.ts';
import { Fleet } from './fleet.ts';

/** What the banks hold, whichever provider brought it. */
export interface BanksBooks {
  accounts: { accountNumber: string; bookedOere: number; reservedOere: number }[];
  payments: BooksPayment[];
  consents: { provider: string; reference: string; status: BankConsentStatus }[];
}

export interface BooksPayment {
  provider: string;
  /** As the bank names it. */
  id: string;
  status: BankPaymentStatus;
  amountOere: number;
  debtorAccountNumber: string;
  creditorAccountNumber: string;
  /** The order's end-to-end identification, which Drop chose. */
  endToEndId: string | undefined;
}

export interface Banks {
  /** Points the production clients at the emulators. */
  environment: Record<string, string>;
  /** The operations of each provider that faults can strike. */
  operations: Readonly<Record<string, readonly string[]>>;
  /** The providers that send webhooks. */
  senders: string[];
  books(): Promise<BanksBooks>;
  act(provider: string, action: string, parameters?: object): Promise<void>;
  fault(provider: string, fault: FaultInput): Promise<void>;
  clearFaults(): Promise<void>;
}

export interface Stage {
  store: Store;
  balancer: Balancer;
  banks: Banks;
  fleet: Fleet;
}

export interface StageOptions {
  store: Store;
  customers: number;
  processes: number;
  seed: number;
  random: () => number;
  /** Of all processes but the test's own; the system's unless given. */
  pace?: Pace;
  /** The address of a database that goes away at times, or of a pooler before it; that of `store` unless given. */
  unsteadyUrl?: string;
  /** Further variables of Drop's processes. */
  variables?: Readonly<Record<string, string>>;
}

/** Processes of Drop's on one database behind one address, and the world around them in a process of its own. */
export async function stageOf({
  store,
  customers,
  processes,
  seed,
  ...options
}: StageOptions): Promise<Stage> {
  const { random, pace, unsteadyUrl, variables } = options;
  const balancer = await startBalancer(random);
  onTestFinished(() => balancer.close());
  const paced: Record<string, string> = pace ? { CHAOS_PACE: JSON.stringify(pace) } : {};
  const banks = await startBanks({
    APP_ORIGIN: balancer.origin,
    CUSTOMERS: `${customers}`,
    CHAOS_SEED: `${seed}`,
    ...paced,
  });
  const environment = {
    ...banks.environment,
    ...paced,
    DROP_ENVIRONMENT: 'sandbox',
    BASE_URL: balancer.origin,
    LOG_LEVEL: 'silent',
    NATIONAL_ID_HASH_KEY: randomBytes(32).toString('base64'),
    ...variables,
  };
  const databaseUrl = unsteadyUrl ?? store.directUrl;
  const startMayFail = unsteadyUrl !== undefined;
  const fleet = new Fleet({ file: 'whole-app.ts', databaseUrl, environment, startMayFail }, processes);
  onTestFinished(() => fleet.end());
  balancer.serve(fleet);
  await fleet.atLeast(processes);
  return { store, balancer, banks, fleet };
}

async function startBanks(variables: Record<string, string>): Promise<Banks> {
  const token = randomBytes(18).toString('base64url');
  const child = spawn(process.execPath, [fileURLToPath(new URL('banks.ts', import.meta.url))], {
    env: { PATH: process.env['PATH'], CONTROL_TOKEN: token, ...variables },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { controlOrigin, ...described } = JSON.parse(line) as Pick<
    Banks,
    'environment' | 'operations' | 'senders'
  > & { controlOrigin: string };
  async function call(
    path: string,
    { method = 'GET', body }: { method?: string; body?: object } = {},
  ): Promise<unknown> {
    const response = await fetch(`${controlOrigin}/__sandbox${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new RangeError(`the control plane answers ${response.status} to ${path}`);
    return response.status === 204 ? undefined : response.json();
  }
  const post = async (path: string, body: object): Promise<void> =>
    void (await call(path, { method: 'POST', body }));
  return {
    ...described,
    books: async () => (await call('/books')) as BanksBooks,
    act: (provider, action, parameters = {}) => post(`/${provider}/actions/${action}`, parameters),
    fault: (provider, fault) => post(`/${provider}/faults`, fault),
    async clearFaults() {
      for (const provider of Object.keys(described.operations))
        await call(`/${provider}/faults`, { method: 'DELETE' });
    },
  };
}
