import { randomBytes } from 'node:crypto';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { auditSettingsOf } from '#configuration/audit.ts';
import { loadConfig } from '#configuration/config.ts';
import { encryptionKeysOf } from '#configuration/encryption-keys.ts';
import { hashKeysOf } from '#configuration/hash-keys.ts';
import { isDropError } from '#domain/errors.ts';
import { createNationalIdentityHasher } from '#domain/identity/national-identity-hash.ts';
import { createSealer } from '#domain/sealer.ts';
import { Secret } from '#domain/secret.ts';
import { untraced } from '#domain/tracing.ts';
import { createWebhookReceiver } from '#inbox/receive.ts';
import type { WebhookSource } from '#inbox/webhook-source.ts';
import { startInboxWorker } from '#inbox/worker.ts';
import { withDeadline } from '#outbound/inherited-deadline.ts';
import { createOutbound } from '#services/guarded-call.ts';
import { connectWebhooks } from '#process/wiring.ts';
import type { Services } from '#services/index.ts';
import type { OpenBankingProvider } from '#services/open-banking/service.ts';
import { createRouting, webhookUrlAt } from '#services/open-banking/routing.ts';
import type { Schema } from '#store/schema.ts';
import type { Store } from '#store/database.ts';
import { receiverPorts, workerPorts } from '#store/inbox/ports.ts';
import { auditPartsOf } from '#usecases/audit/context.ts';
import type { UseCaseContext } from '#usecases/context.ts';
import { startMailWorker } from '#usecases/notify/mail-worker.ts';
import { startReconciliation } from '#usecases/payments/reconcile-due.ts';
import { baseUrl, callbackUrl, type Bank, type Delivery } from './bank.ts';
import { Connection } from './connection.ts';
import type { Engine } from './engine.ts';
import { createNetwork } from './network.ts';
import type { DropProcess } from './process.ts';
import type { DueWork, WorkKind } from './due-work.ts';

const config = loadConfig({ NEXT_PUBLIC_SERVICE_MODE: 'mock', DROP_ENVIRONMENT: 'sandbox' });
const sealing = encryptionKeysOf(config);
const hasher = createNationalIdentityHasher(hashKeysOf(config));
const audit = auditPartsOf(auditSettingsOf(config));

/** As in production: shorter than the lease of the inbox. */
const webhookDeadlineMs = 45_000;
const pollMs = { inbox: 5_000, payments: 2_000, mails: 5_000 };
const latePollMs = 600_000;
export const jumpMs = 300_000;

export interface NodeParts {
  seed: number;
  process: DropProcess;
  engine: Engine;
  bank: Bank;
  /** The services that no payment goes through. */
  others: Services;
  due: DueWork;
  /** A webhook was stored, of which the processes tell each other. */
  onStored: () => void;
}

/** A process of Drop: its use cases and workers, on a connection and a network that can fail. */
export class DropNode {
  readonly process: DropProcess;
  readonly context: UseCaseContext;
  readonly #parts: NodeParts;
  readonly #sources: readonly WebhookSource[];
  readonly #receiver: ReturnType<typeof createWebhookReceiver>;
  #wake: () => void = () => undefined;

  constructor(parts: NodeParts) {
    this.#parts = parts;
    this.process = parts.process;
    this.context = contextOf(parts);
    this.#sources = connectWebhooks(this.context);
    this.#receiver = createWebhookReceiver({ ...this.context, ...receiverPorts(this.context.store) });
  }

  start(): void {
    const { process, due } = this.#parts;
    const { context } = this;
    const clockFor = (kind: WorkKind) =>
      process.clock.forWorker(pollMs[kind], {
        name: `looks for ${kind}`,
        notBefore: () => due.at(kind),
        onLook: () => this.#look(kind),
      });
    const inbox = startInboxWorker({
      ...workerPorts(context.store.database),
      clock: clockFor('inbox'),
      sources: this.#sources.map((source) => ({
        ...source,
        handle: (webhook) => withDeadline(webhookDeadlineMs, context.clock, () => source.handle(webhook)),
      })),
      onError: (message, details) => context.log('error', message, details),
      onDead: async () => undefined,
      random: () => process.entropy.fraction(),
    });
    this.#wake = inbox.wake;
    startReconciliation({ ...context, clock: clockFor('payments') });
    startMailWorker({ ...context, clock: clockFor('mails') });
  }

  /** A webhook arrives; resolves with the status of the answer. */
  async receive({ url, headers, body }: Delivery): Promise<number> {
    const { pathname } = new URL(url);
    const source = this.#sources.find(({ provider }) => pathname.endsWith(`/${provider}`));
    if (!source) return 404;
    const delivery = {
      method: 'POST',
      path: pathname,
      rawBody: new TextEncoder().encode(body),
      headers: new Headers(headers),
    };
    try {
      await this.#receiver.receive(source, delivery);
    } catch (error) {
      return isDropError(error) && error.code === 'webhook_signature_invalid' ? 401 : 503;
    }
    this.#parts.onStored();
    return 200;
  }

  /** Another process says that a webhook is stored. */
  wake(): void {
    const { timeline, actor } = this.process;
    const point = timeline.nth(`${this.process.name} hears of a webhook`);
    const run = (): void => {
      if (this.process.faultAt('wake', point) === undefined) this.#wake();
    };
    timeline.schedule({ at: timeline.now + 5, key: point, actor, run });
  }

  /** By how many milliseconds a look for work is late. */
  #look(kind: WorkKind): number {
    const { process } = this;
    this.#parts.due.look(kind);
    const point = process.timeline.nth(`${process.name} looks for ${kind}`);
    const fault = process.faultAt('poll', point);
    if (fault === 'clock_jump') process.clock.jump(jumpMs);
    if (fault === 'abandoned_before') process.abandon();
    return fault === 'late' || fault === 'abandoned_before' ? latePollMs : 0;
  }
}

function contextOf(parts: NodeParts): UseCaseContext {
  const { process, others } = parts;
  const provider = providerOf(parts);
  return {
    store: storeOf(parts),
    services: { ...others, openBanking: createRouting([provider], provider.id) },
    clock: process.clock,
    entropy: process.entropy,
    enqueue: async () => undefined,
    log: (level, message) => process.timeline.trace(level, message),
    tracing: untraced,
    nationalIdentityHasher: hasher,
    sealer: createSealer({ ...sealing, newNonce: () => randomBytes(12) }),
    flags: { isOn: async () => false, onFor: async () => [] },
    bankIdCallbackUrl: config.bankIdCallbackUrl,
    bankIdCallbackUrlMobile: config.bankIdCallbackUrlMobile,
    bankCallbackUrlAt: () => callbackUrl,
    redirectPolicy: { ownOrigins: [], allowsPlainLoopback: true },
    baseUrl,
    kycLevelName: config.SUMSUB_LEVEL_NAME,
    runbookUrl: undefined,
    certificates: [],
    audit,
  };
}

/** The production client, over the simulated network. */
export function providerOf({
  seed,
  process,
  bank,
}: Pick<NodeParts, 'seed' | 'process' | 'bank'>): OpenBankingProvider {
  const { definition, environment } = bank;
  const dispatcher = createNetwork({ seed, process, routes: () => bank.emulator.routes });
  return definition.createClient(definition.variables.parse(environment), {
    clock: process.clock,
    entropy: process.entropy,
    webhookUrl: webhookUrlAt(baseUrl, definition.id),
    log: (message) => process.timeline.trace(message),
    credentials: {
      clientId: environment['OPENBANKING_CLIENT_ID'] ?? '',
      clientSecret: new Secret(environment['OPENBANKING_CLIENT_SECRET'] ?? ''),
      callbackUrl,
      webhookSecrets: [],
      tls: undefined,
    },
    createOutbound: ({ provider, origins }) =>
      createOutbound({
        provider,
        origins,
        clock: process.clock,
        dispatcher,
        random: () => process.entropy.fraction(),
      }),
  });
}

const connectionsMax = 6;

function storeOf({ process, engine, due }: NodeParts): Store {
  const pool = new pg.Pool({
    max: connectionsMax,
    idleTimeoutMillis: 0,
    stream: (): never => new Connection(process, { engine, due }) as never,
  });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const database = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return {
    database,
    pool,
    maintenance: database,
    url: '',
    directUrl: '',
    close: () => database.destroy(),
  };
}
