import { request } from 'undici';
import { systemClock, type Clock } from '#domain/clock.ts';
import { assert } from '#domain/errors.ts';
import type { Emulator, EmulatorContext } from '#emulation/emulator.ts';
import { Faults } from '#emulation/faults.ts';
import type { Handler, HttpServer } from '#http/listen.ts';
import type {
  DefinitionCore,
  SandboxPerson,
  SandboxWorld,
  ServiceDefinition,
  StartedEmulator,
} from '#services/definition.ts';
import { toOwnVariables } from '#services/open-banking/credentials.ts';
import type { ProviderDefinition } from '#services/open-banking/definition.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { definitions } from '#services/services.ts';
import { localOnly } from './local-only.ts';
import { observed, observedDelivery, type Traffic } from './observed.ts';
import { bankCustomers, bankIdPeople } from './people.ts';
import { withRootPage } from './root-page.ts';
import { webhookUrlAt } from '#services/open-banking/routing.ts';

/** An emulator in its place. */
export interface PlacedEmulator {
  emulator: Emulator;
  faults: Faults;
  origin: string;
  /** For people. */
  title: string;
  /** What there is to see at its address, if anything. */
  note?: string;
  /** The variables of a client: addresses, client id, secrets and keys. All are made up. */
  variables: Readonly<Record<string, string>>;
}

export interface Emulation {
  emulators: PlacedEmulator[];
  /** Points the production clients at the emulators. Every provider of open banking has its own credentials. */
  environment: Record<string, string>;
  /** Ends what emulators listen to beside their HTTP servers. */
  close(): Promise<void>;
}

interface Startable {
  definition: DefinitionCore;
  start(context: EmulatorContext, world: SandboxWorld): Promise<StartedEmulator>;
}

/** Every emulator, in the order of their ports: that of the list of services. */
function startables(providers: readonly ProviderDefinition[]): Startable[] {
  return Object.values(definitions).flatMap((entry: ServiceDefinition | readonly unknown[]): Startable[] => {
    if (!('id' in entry)) return providers.map(ofProvider);
    const start = entry.createEmulator?.bind(entry);
    return start ? [{ definition: entry, start }] : [];
  });
}

const aboutBanks = {
  nb: 'Åpen bank: Her leser Drop kontoer og starter betalinger hos fem banker som ikke finnes.',
  en: 'Open banking: here Drop reads accounts and initiates payments at five banks that do not exist.',
};

function ofProvider(definition: ProviderDefinition): Startable {
  return {
    definition,
    async start(context, { appOrigin, bankCustomers: customers }) {
      const callbackUrl = `${appOrigin}/api/openbanking/callback`;
      const webhookUrl = webhookUrlAt(appOrigin, definition.id);
      const options = { customers, callbackUrl, webhookUrl };
      const started = await definition.createEmulator(context, options);
      const environment = toOwnVariables(definition.id, started.environment);
      return { about: aboutBanks, ...started, environment };
    },
  };
}

/** In the order of their ports. */
export function emulatorNames(providers: readonly ProviderDefinition[] = openBankingProviders): string[] {
  return startables(providers).map(({ definition }) => definition.id);
}

const deliveryTimeoutMs = 10_000;

export interface EmulationOptions {
  appOrigin: string;
  /** The sandbox's, from its seed. */
  random: () => number;
  /** The system's, unless given. */
  clock?: Clock;
  /** The variables that the environment sets; none by default. */
  environment?: Readonly<Record<string, string | undefined>>;
  providers?: readonly ProviderDefinition[];
  /** Told of what emulators got and sent. Must not throw. */
  onTraffic?: (traffic: Traffic) => void;
  /** Where an emulator is reached, if not at its port on this machine: something in front of it ends TLS. */
  originOf?: (server: HttpServer) => string;
  /** Others than the people and bank customers of the sandbox. */
  inhabitants?: Pick<SandboxWorld, 'people' | 'bankCustomers'>;
}

/** Starts every emulator on its server. */
export async function startEmulators(
  servers: ReadonlyMap<string, HttpServer>,
  options: EmulationOptions,
): Promise<Emulation> {
  const { appOrigin, random, environment: settings = {}, providers = openBankingProviders } = options;
  const {
    clock = systemClock,
    inhabitants = { people, bankCustomers },
    onTraffic = () => undefined,
    originOf: originOfEmulator = originOf,
  } = options;
  const world = { appOrigin, ...inhabitants, environment: settings };
  const started = await Promise.all(
    startables(providers).map(async ({ definition: { id, displayName }, start }) => {
      const server = servers.get(id);
      assert(server, `there is a port for ${id}`);
      const [origin, faults] = [originOfEmulator(server), new Faults(clock, random)];
      const seen = { service: displayName, clock, faults, onTraffic };
      const context = { clock, origin, faults, random, deliver: observedDelivery(deliver, seen) };
      const { environment, emulator, note, about, close, connect } = await start(context, world);
      const answer = withRootPage(emulator.routes.fetch, {
        title: displayName,
        appOrigin,
        emulator,
        faults,
        about,
      });
      server.handle(localOnly(withoutHead(observed(answer, seen))));
      const named = { title: displayName, ...(note !== undefined && { note }) };
      const placed = { emulator, faults, origin, variables: environment, ...named };
      return { placed, environment, close, connect };
    }),
  );
  const environment = Object.fromEntries(started.flatMap((each) => Object.entries(each.environment)));
  for (const { connect } of started) connect?.(environment);
  return {
    emulators: started.map(({ placed }) => placed),
    environment,
    async close() {
      await Promise.all(started.map(async ({ close }) => close?.()));
    },
  };
}

const people = (): SandboxPerson[] => bankIdPeople(systemClock.now());

/** Hono runs HEAD as GET, and the pages of emulators have effects, such as a code that is given out. */
function withoutHead(handler: Handler): Handler {
  return (incoming, bindings) =>
    incoming.method === 'HEAD'
      ? new Response(null, { status: 405, headers: { allow: 'GET' } })
      : handler(incoming, bindings);
}

/** Where a server on this machine is reached. */
export function originOf(server: HttpServer): string {
  return `http://localhost:${server.port}`;
}

/** Sends an emulator's webhook. Nobody answering is an answer that the emulator acts on. */
async function deliver(webhook: Parameters<EmulatorContext['deliver']>[0]): Promise<number | undefined> {
  try {
    const { statusCode, body } = await request(webhook.url, {
      method: 'POST',
      headers: webhook.headers,
      body: webhook.body,
      signal: AbortSignal.timeout(deliveryTimeoutMs),
    });
    await body.dump();
    return statusCode;
  } catch {
    return undefined;
  }
}
