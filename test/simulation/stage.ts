import { ActorClock, Timeline } from './timeline.ts';
import { Secret } from '#domain/secret.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { initializeServices, type Services } from '#services/index.ts';
import { loadConfig } from '#configuration/config.ts';
import { readMigrationFiles } from '#store/upgrade/files.ts';
import { insertUser, setKycStatus, type User } from '#store/users.ts';
import { listAccounts } from '#store/bank-accounts.ts';
import { redirectUrlOf } from '#domain/banking/next-step.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { Bank } from './bank.ts';
import { orderCryptography } from './busy.ts';
import { SeededEntropy } from './draw.ts';
import { DueWork, firstDue } from './due-work.ts';
import { Engine } from './engine.ts';
import { Faults } from './faults.ts';
import { DropNode, providerOf } from './node.ts';
import { DropProcess } from './process.ts';
import { letTriggersRest, Tables } from './tables.ts';
import { takeOverSharedSources } from './date-and-crypto.ts';

/** A Monday morning. */
export const start = Date.parse('2026-02-23T09:00:00Z');
const linkedAt = start - 3_600_000;

/** Made up: 80 is added to the month. */
export const identity = { name: 'Kari Prøve', nationalIdentityNumber: new Secret('13878099999') };

export const access = { kind: 'attended', ipAddress: '192.0.2.7', userAgent: 'simulated' } as const;

/** What a provider must be able to do for a scenario. */
export type ProviderAbility = 'approves_on_page' | 'calls_back';

/** A customer with a linked account at a bank, as every run of a scenario finds them. */
export interface Stage {
  engine: Engine;
  bank: Bank;
  others: Services;
  /** Whether the bank can ask the customer in its app, without Drop's help. */
  asksInApp: boolean;
  user: User;
  accountId: string;
  /** Puts database and bank back to how they were. */
  reset(): Promise<void>;
}

let engine: Promise<Engine> | undefined;
const stages = new Map<ProviderAbility, Promise<Stage>>();

/** One database for the process, and one bank for each ability; made when they are first needed. */
export async function stageFor(ability: ProviderAbility): Promise<Stage> {
  engine ??= migrated();
  const given = await engine;
  const others = [...stages.values()];
  let stage = stages.get(ability);
  if (!stage) {
    // The database is one, so stages are set one after the other.
    stage = Promise.allSettled(others).then(() => setStage(given, ability));
    stages.set(ability, stage);
  }
  return stage;
}

/** Ends the database; for a program that is to end by itself. */
export async function closeStages(): Promise<void> {
  await (await engine)?.close();
  engine = undefined;
  stages.clear();
}

async function migrated(): Promise<Engine> {
  orderCryptography();
  // PostgreSQL's own timers must not see time jump by months.
  const shared = takeOverSharedSources(() => linkedAt, new SeededEntropy(0, 'database'));
  try {
    const started = await Engine.start();
    for (const { sql, statements = [sql] } of await readMigrationFiles())
      for (const statement of statements) await started.execute(statement);
    await letTriggersRest(started);
    await started.execute(`prepare first_due as ${firstDue}`);
    return started;
  } finally {
    shared.restore();
  }
}

async function setStage(given: Engine, ability: ProviderAbility): Promise<Stage> {
  const timeline = new Timeline(0, linkedAt);
  const shared = takeOverSharedSources(() => timeline.now, new SeededEntropy(0, `bank ${ability}`));
  try {
    const clock = new ActorClock(timeline);
    const process = new DropProcess('setup', { seed: 0, timeline, faults: new Faults(0, []) });
    const bank = await bankWith(ability, process);
    const others = await initializeServices({
      config: loadConfig({ NEXT_PUBLIC_SERVICE_MODE: 'mock', DROP_ENVIRONMENT: 'sandbox' }),
      clock,
      random: () => 0.5,
    });
    const tables = await Tables.of(given);
    await tables.wipe();
    const due = new DueWork(given);
    const node = new DropNode({
      seed: 0,
      process,
      engine: given,
      bank,
      others,
      due,
      onStored: () => undefined,
    });
    const linked = await whileItHappens(timeline, link(node, bank));
    bank.remember();
    const restore = await tables.copyInto(ability);
    return { engine: given, bank, others, asksInApp: ability === 'calls_back', ...linked, reset: restore };
  } finally {
    shared.restore();
  }
}

/** Runs the timeline until `work` is done. */
export async function whileItHappens<Result>(timeline: Timeline, work: Promise<Result>): Promise<Result> {
  let isDone = false;
  const done = (): void => void (isDone = true);
  work.then(done, done);
  await timeline.run(() => isDone, Number.MAX_SAFE_INTEGER);
  if (!isDone) throw new Error('the simulation stands still');
  return work;
}

async function link({ context, process }: DropNode, bank: Bank): Promise<{ user: User; accountId: string }> {
  const id = process.entropy.uuid();
  const at = process.clock.now();
  const person = { nationalIdHash: id, nationalIdHashKeyId: '1', issuer: 'simulated', subject: id };
  const { database } = context.store;
  const inserted = await insertUser(database, { id, name: 'Kari Prøve', at, ...person });
  if (!inserted) throw new Error('the customer is new');
  await setKycStatus(database, id, 'approved');
  const user: User = { ...inserted, kycStatus: 'approved' };
  const address = { id: process.entropy.uuid(), user_id: id, address: 'kari@example.test' };
  await database
    .insertInto('email_addresses')
    .values({ ...address, status: 'verified', created_at: at, verified_at: at })
    .execute();
  const provider = context.services.openBanking.forNewConsent({ customerId: id });
  const [listed] = (await provider.ais?.listBanks()) ?? [];
  const begun = await startConnection(context, user, {
    bankId: listed?.id ?? '',
    access,
    locale: 'nb',
    customer: identity,
  });
  const parameters = await bank.visit(redirectUrlOf(begun.next) ?? '', 'approve');
  await returnFromBank(context, user, { parameters: parameters ?? new URLSearchParams(), access });
  const [account] = await listAccounts(database, id, at);
  if (!account) throw new Error('no account was linked');
  return { user, accountId: account.id };
}

/** The first provider that can do it, as its production client says. */
async function bankWith(ability: ProviderAbility, process: DropProcess): Promise<Bank> {
  const quiet = { clock: process.clock, deliver: async () => undefined };
  for (const definition of openBankingProviders) {
    const bank = await Bank.open(definition, quiet);
    const { pis } = providerOf({ seed: 0, process, bank });
    const callsBack = pis?.cancelPayment && pis.cancelsScheduledOnly !== true && !pis.continuePayment;
    if (ability === 'calls_back' ? callsBack : pis?.needsApproval === true) return bank;
  }
  throw new Error(`no provider ${ability}`);
}
