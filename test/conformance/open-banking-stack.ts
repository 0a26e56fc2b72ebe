import { setImmediate } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { ManualClock, systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import type { OddItems } from '#domain/odd-items.ts';
import { Secret } from '#domain/secret.ts';
import type { SandboxBankCustomer } from '#emulation/bank/customers.ts';
import type { Emulator, EmulatorContext } from '#emulation/emulator.ts';
import { Faults } from '#emulation/faults.ts';
import type { WebhookDelivery, WebhookVerdict } from '#inbox/webhook-source.ts';
import type { ClientTls } from '#outbound/client-tls.ts';
import type { OutboundAttempt } from '#outbound/attempt.ts';
import { createDispatcher } from '#outbound/dispatcher.ts';
import { createOutbound } from '#services/guarded-call.ts';
import type { ProviderDefinition } from '#services/open-banking/definition.ts';
import type { OpenBankingProvider, PaymentHint } from '#services/open-banking/service.ts';
import { listenOnLoopback, type LoopbackServer } from '../support/loopback.ts';
import { visitBank } from './open-banking-browser.ts';
import { webhookUrlAt } from '#services/open-banking/routing.ts';

export const callbackUrl = 'http://localhost:1/api/openbanking/callback';

/** One customer, whose second account may be overdrawn. */
const customers: SandboxBankCustomer[] = [
  {
    name: 'Kari Prøve',
    note: { nb: 'Har penger på konto.', en: 'Has money in the account.' },
    accounts: [
      { accountNumber: '12345678903', name: 'Brukskonto', balanceOere: 2_500_000 },
      { accountNumber: '86011117947', name: 'Kredittkonto', balanceOere: 30_000, creditLimitOere: 500_000 },
    ],
  },
];

/** A provider to be tested, with everything around it. */
export interface OpenBankingStack {
  provider: OpenBankingProvider;
  /** Time of the provider and of its banks; delays of repeated calls are real, and none. */
  clock: ManualClock;
  hints: PaymentHint[];
  /** Goes to the bank as the customer and comes back with the callback's parameters. */
  visit(url: string | undefined, choice: string, onPage?: (html: string) => void): Promise<URLSearchParams>;
  /** Moves time and waits for every webhook that this sends. */
  pass(durationMs: number): Promise<void>;
  close: () => Promise<void>;
}

/** A provider's production client on its emulator. */
export interface EmulatedStack extends OpenBankingStack {
  emulator: Emulator;
  origin: string;
  environment: Record<string, string>;
  faults: Faults;
  attempts: OutboundAttempt[];
  /** The messages that the clients logged, and the items that they counted as odd. */
  logged: { message: string; details: Record<string, unknown> }[];
  counted: OddItems[];
  verdicts: WebhookVerdict[];
  /** The webhooks that were judged, as they came. */
  deliveries: WebhookDelivery[];
  webhookUrl: string;
  /** Makes the receiver of webhooks answer with `status` instead of judging them. */
  answerWebhooksWith(status: number | undefined): void;
  act(action: string, parameters?: Record<string, unknown>): Promise<unknown>;
  /** The client again, with some of the environment replaced, or with a certificate. */
  createClient(replaced?: Readonly<Record<string, string>>, tls?: ClientTls): OpenBankingProvider;
}

export async function startMock(definition: ProviderDefinition): Promise<OpenBankingStack> {
  const clock = new ManualClock();
  const provider = await definition.createMock({ clock, entropy: systemEntropy, callbackUrl, seed: 7 });
  const hints: PaymentHint[] = [];
  provider.onPaymentHint(async (hint) => {
    hints.push(hint);
  });
  return {
    provider,
    clock,
    hints,
    visit: async (url = '') => new URL(url).searchParams,
    async pass(durationMs) {
      clock.advance(durationMs);
      await setImmediate();
    },
    close: async () => provider.reset(),
  };
}

export async function startEmulated(
  definition: ProviderDefinition,
  clock: ManualClock = new ManualClock(),
  others: readonly SandboxBankCustomer[] = [],
): Promise<EmulatedStack> {
  const server = await listenOnLoopback(0);
  const receiver = await listenOnLoopback(0);
  const dispatcher = new Agent();
  const faults = new Faults(systemClock, () => 0);
  const inFlight = new Set<Promise<unknown>>();
  const observed: Observed = { attempts: [], logged: [], counted: [] };
  const webhookUrl = webhookUrlAt(receiver.origin, definition.id);
  const { emulator, environment } = await definition.createEmulator(
    { clock, origin: server.origin, faults, random: () => 0, deliver: deliverer(dispatcher, inFlight) },
    { customers: [...customers, ...others], callbackUrl, webhookUrl },
  );
  server.handle((incoming, bindings) => emulator.routes.fetch(incoming, bindings));

  const createClient: EmulatedStack['createClient'] = (replaced = {}, tls = undefined) =>
    clientOf(
      definition,
      { ...environment, ...replaced },
      { clock, dispatcher, tls, ...observed, webhookUrl },
    );
  const provider = createClient();
  const reception = receive(receiver, provider);
  const settled = async (): Promise<void> => {
    while (inFlight.size > 0) await setImmediate();
  };

  return {
    ...reception,
    provider,
    clock,
    emulator,
    environment,
    faults,
    ...observed,
    webhookUrl,
    createClient,
    origin: server.origin,
    async visit(url = '', choice, onPage) {
      const visit = { callbackUrl, choice, ...(onPage && { onPage }) };
      return (await visitBank(url, visit)).searchParams;
    },
    async pass(durationMs) {
      clock.advance(durationMs);
      await settled();
    },
    async act(action, parameters = {}) {
      const answer = await emulator.actions?.[action]?.(parameters);
      await settled();
      return answer;
    },
    async close() {
      await settled();
      await Promise.all([server.close(), receiver.close(), dispatcher.close()]);
    },
  };
}

function deliverer(dispatcher: Agent, inFlight: Set<Promise<unknown>>): EmulatorContext['deliver'] {
  const post: EmulatorContext['deliver'] = async ({ url, headers, body }) => {
    const answer = await request(url, { method: 'POST', headers, body, dispatcher });
    await answer.body.dump();
    return answer.statusCode;
  };
  return (webhook) => {
    const delivery = post(webhook).catch(() => undefined);
    inFlight.add(delivery);
    // Later than what the emulator does with the answer.
    void delivery.then(async () => {
      await setImmediate();
      inFlight.delete(delivery);
    });
    return delivery;
  };
}

type Observed = Pick<EmulatedStack, 'attempts' | 'logged' | 'counted'>;

function clientOf(
  definition: ProviderDefinition,
  environment: Record<string, string>,
  around: Observed & {
    clock: ManualClock;
    dispatcher: Agent;
    tls: ClientTls | undefined;
    webhookUrl: string;
  },
): OpenBankingProvider {
  const { clock, dispatcher, tls, webhookUrl, attempts, logged, counted } = around;
  const webhookSecret = environment['OPENBANKING_WEBHOOK_SECRET'];
  return definition.createClient(definition.variables.parse(environment), {
    clock,
    entropy: systemEntropy,
    webhookUrl,
    log: (message, details) => logged.push({ message, details }),
    onOddItems: (odd) => counted.push(odd),
    credentials: {
      clientId: environment['OPENBANKING_CLIENT_ID'] ?? '',
      clientSecret: new Secret(environment['OPENBANKING_CLIENT_SECRET'] ?? ''),
      callbackUrl,
      webhookSecrets: webhookSecret === undefined ? [] : [new Secret(webhookSecret)],
      tls,
    },
    createOutbound: ({ tls: shown, ...options }) =>
      createOutbound({
        ...options,
        // A deadline that the caller's use case has set is of the same day; the waits are real.
        clock: { ...systemClock, now: () => clock.now() },
        dispatcher: shown ? createDispatcher(shown) : dispatcher,
        random: () => 0,
        onAttempt: (attempt) => attempts.push(attempt),
      }),
  });
}

type Reception = Pick<EmulatedStack, 'hints' | 'verdicts' | 'deliveries' | 'answerWebhooksWith'>;

/** Judges and handles webhooks at once, as the inbox would later. */
function receive(receiver: LoopbackServer, { webhooks, ...provider }: OpenBankingProvider): Reception {
  const hints: PaymentHint[] = [];
  const verdicts: WebhookVerdict[] = [];
  const deliveries: WebhookDelivery[] = [];
  let fixedAnswer: number | undefined;
  provider.onPaymentHint(async (hint) => {
    hints.push(hint);
  });
  receiver.handle(async (incoming) => {
    if (fixedAnswer !== undefined) return new Response(null, { status: fixedAnswer });
    const rawBody = new Uint8Array(await incoming.arrayBuffer());
    const { method, headers, url } = incoming;
    const delivery = { method, path: new URL(url).pathname, rawBody, headers };
    deliveries.push(delivery);
    const verdict = await webhooks?.verify(delivery);
    if (verdict === undefined) return new Response(null, { status: 404 });
    verdicts.push(verdict);
    if (verdict.kind !== 'accepted') return new Response(null, { status: 401 });
    const { kept = rawBody } = verdict;
    await webhooks?.handle({ id: `${verdicts.length}`, ...verdict, rawBody: kept });
    return new Response(null, { status: 204 });
  });
  return {
    hints,
    verdicts,
    deliveries,
    answerWebhooksWith(status) {
      fixedAnswer = status;
    },
  };
}
