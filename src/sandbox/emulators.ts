import { randomBytes } from 'node:crypto';
import { request } from 'undici';
import { systemClock } from '#domain/clock.ts';
import { assert } from '#domain/errors.ts';
import type { Emulator, EmulatorContext } from '#emulation/emulator.ts';
import { Faults } from '#emulation/faults.ts';
import type { HttpServer } from '#http/listen.ts';
import { createBankIdEmulator } from '#services/bankid/emulator/emulator.ts';
import type { BankIdPerson } from '#services/bankid/emulator/person.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { createSlackEmulator } from '#services/slack/emulator/index.ts';
import { createSumsubEmulator } from '#services/sumsub/emulator/index.ts';
import { bankCustomers, bankIdPeople } from './people.ts';

/** An emulator in its place. */
export interface PlacedEmulator {
  emulator: Emulator;
  faults: Faults;
  origin: string;
  /** For people. */
  title: string;
  /** What there is to see at its address, if anything. */
  note?: string;
}

export interface Emulation {
  emulators: PlacedEmulator[];
  /** Points the production clients at the emulators. */
  environment: Record<string, string>;
}

/** In the order of their ports. */
export const emulatorNames: readonly string[] = [
  'bankid',
  'sumsub',
  ...openBankingProviders.map(({ id }) => id),
  'slack',
];

const deliveryTimeoutMs = 10_000;

/** Starts every emulator on its server. `random` is the sandbox's, from its seed. */
export async function startEmulators(
  servers: ReadonlyMap<string, HttpServer>,
  options: { appOrigin: string; providerId: string; random: () => number },
): Promise<Emulation> {
  const { appOrigin, random } = options;
  const place = (name: string): { server: HttpServer; context: EmulatorContext } => {
    const server = servers.get(name);
    assert(server, `there is a port for ${name}`);
    const faults = new Faults(systemClock, random);
    const origin = originOf(server);
    return { server, context: { clock: systemClock, origin, faults, random, deliver } };
  };
  const started = await Promise.all([
    startBankId(place('bankid'), appOrigin),
    startSumsub(place('sumsub'), appOrigin),
    ...openBankingProviders.map((provider) => startProvider(place(provider.id), provider, appOrigin)),
    startSlack(place('slack')),
  ]);
  const { environment: chosen } =
    started.find(({ emulator }) => emulator.emulator.name === options.providerId) ?? {};
  const environment = Object.assign({}, ...started.map((each) => each.environment), chosen) as Record<
    string,
    string
  >;
  return { emulators: started.map(({ emulator }) => emulator), environment };
}

/** Where a server on this machine is reached. */
export function originOf(server: HttpServer): string {
  return `http://localhost:${server.port}`;
}

interface Started {
  emulator: PlacedEmulator;
  environment: Record<string, string>;
}

type Place = { server: HttpServer; context: EmulatorContext };

function serve(
  { server, context }: Place,
  emulator: Emulator,
  words: { title: string; note?: string },
): PlacedEmulator {
  server.handle(emulator.routes.fetch);
  return { emulator, faults: context.faults, origin: context.origin, ...words };
}

async function startBankId(place: Place, appOrigin: string): Promise<Started> {
  const credentials = { clientId: 'demo-drop', clientSecret: 'demo-bankid-client-secret' };
  const redirectUris = [
    `${appOrigin}/api/auth/bankid/callback`,
    `${appOrigin}/api/auth/bankid/mobile/return`,
    'drop://auth/callback',
  ];
  let people: BankIdPerson[] | undefined;
  const emulator = await createBankIdEmulator(place.context, {
    ...credentials,
    redirectUris,
    // With the first question: who turns eighteen today takes a calendar, which a start does not wait for.
    get people() {
      return (people ??= bankIdPeople(systemClock.now()));
    },
  });
  return {
    emulator: serve(place, emulator, { title: 'BankID' }),
    environment: {
      BANKID_CLIENT_ID: credentials.clientId,
      BANKID_CLIENT_SECRET: credentials.clientSecret,
      BANKID_ISSUER: `${place.context.origin}/auth/realms/sandbox`,
    },
  };
}

async function startSumsub(place: Place, appOrigin: string): Promise<Started> {
  const options = {
    appToken: 'demo-sumsub-app-token',
    secretKey: 'demo-sumsub-secret-key',
    webhookSecret: 'demo-sumsub-webhook-secret',
    webhookUrl: `${appOrigin}/api/kyc/webhook`,
    levelName: 'basic-kyc-level',
  };
  const emulator = createSumsubEmulator(place.context, options);
  return {
    emulator: serve(place, emulator, { title: 'Sumsub' }),
    environment: {
      SUMSUB_API_URL: place.context.origin,
      SUMSUB_APP_TOKEN: options.appToken,
      SUMSUB_SECRET_KEY: options.secretKey,
      SUMSUB_WEBHOOK_SECRET: options.webhookSecret,
      SUMSUB_WEBSDK_SCRIPT_URL: `${place.context.origin}/idensic/static/sns-websdk-builder.js`,
      SUMSUB_WEBSDK_BASE_URL: place.context.origin,
    },
  };
}

async function startProvider(
  place: Place,
  provider: (typeof openBankingProviders)[number],
  appOrigin: string,
): Promise<Started> {
  const callbackUrl = `${appOrigin}/api/openbanking/callback`;
  const options = { customers: bankCustomers, callbackUrl, webhookOrigin: appOrigin };
  const { emulator, environment } = await provider.createEmulator(place.context, options);
  return { emulator: serve(place, emulator, { title: provider.displayName }), environment };
}

async function startSlack(place: Place): Promise<Started> {
  const webhookPath = `/services/TDEMO/BDEMO/demo${randomBytes(9).toString('hex')}`;
  const emulator = createSlackEmulator(place.context, { webhookPath });
  return {
    emulator: serve(place, emulator, { title: 'Slack', note: 'the channel #drop-ops' }),
    environment: { SLACK_WEBHOOK_URL: `${place.context.origin}${webhookPath}` },
  };
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
