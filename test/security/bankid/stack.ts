import { Agent, request } from 'undici';
import { expect, onTestFinished } from 'vitest';
import { z } from 'zod';
import { ManualClock, systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { DropError, type ErrorCode } from '#domain/errors.ts';
import { syntheticNationalIdentityNumber } from '#domain/identity/national-identity-number.ts';
import { Secret } from '#domain/secret.ts';
import { Faults } from '#emulation/faults.ts';
import { createOutbound } from '#services/guarded-call.ts';
import { createBankIdClient } from '#services/bankid/client.ts';
import { createBankIdEmulator } from '#services/bankid/emulator/emulator.ts';
import type { BankIdPerson } from '#services/bankid/emulator/person.ts';
import type { BankIdEmulatorOptions } from '#services/bankid/emulator/state.ts';
import { nationalIdentityClaimsDefault, type BankIdOptions } from '#services/bankid/options.ts';
import type { BankId, SignInTransaction, VerifiedIdentity } from '#services/bankid/service.ts';
import { listenOnLoopback } from '../../support/loopback.ts';

export const redirectUri = 'https://getdrop.example/api/auth/bankid/callback';
export const mobileRedirectUri = 'drop://auth/callback';
const registration = { clientId: 'demo-drop', clientSecret: 'demo-secret: with % and +' };

export const kari: BankIdPerson = {
  id: 'kari',
  name: 'Kari Anne Nordmann',
  birthdate: '1990-05-17',
  nationalIdentityNumber: syntheticNationalIdentityNumber('1990-05-17', 124),
  note: { nb: 'Logger inn', en: 'Signs in' },
  outcome: 'signs_in',
};

const people: BankIdPerson[] = [
  kari,
  {
    ...kari,
    id: 'dag',
    name: 'Dag Nummer',
    birthdate: '1984-01-30',
    // The number has another date than the birth date, as D-numbers may have.
    nationalIdentityNumber: syntheticNationalIdentityNumber('1984-02-01', 125, 'd_number'),
  },
  { ...kari, id: 'avbryter', outcome: 'cancels' },
  { ...kari, id: 'nede', outcome: 'unavailable' },
  { ...kari, id: 'uten', outcome: 'number_missing' },
];

type EmulatedOperation = 'discovery' | 'par' | 'authorize' | 'token' | 'jwks' | 'userinfo' | 'brought_keys';

export interface Stack {
  clock: ManualClock;
  issuer: string;
  faults: Faults;
  bankId: BankId;
  logged: { message: string; details: Record<string, unknown> }[];
  /** Another client of the same emulator, with empty caches and no open connections. */
  client: (overrides?: Partial<BankIdOptions>) => BankId;
  act(action: string, parameters?: Record<string, unknown>): Promise<void>;
  /** The number of requests to an operation of the emulator. */
  requests(operation: EmulatedOperation): number;
  /** Stops the emulator, as if the host were gone. */
  stop(): Promise<void>;
  reset(): void;
}

export interface StackOptions {
  answerMsMax?: number;
  /** Overrides of the emulator's default options. */
  emulated?: Partial<BankIdEmulatorOptions>;
}

const stateSchema = z.object({ requests: z.record(z.string(), z.number()) });

/** An emulator on a free port, and the production client for it. Stopped after the test. */
export async function startStack(
  overrides: Partial<BankIdOptions> = {},
  { answerMsMax = 5_000, emulated = {} }: StackOptions = {},
): Promise<Stack> {
  const clock = new ManualClock();
  const server = await listenOnLoopback(0);
  const faults = new Faults(clock, () => 0);
  const context = { clock, origin: server.origin, faults, random: () => 0, deliver: async () => undefined };
  const redirectUris = [redirectUri, mobileRedirectUri];
  const emulator = await createBankIdEmulator(context, {
    ...registration,
    redirectUris,
    people,
    ...emulated,
  });
  server.handle((incoming, bindings) => emulator.routes.fetch(incoming, bindings));
  const dispatchers: Agent[] = [];
  onTestFinished(async () => {
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.destroy()));
    await server.close();
  });
  const logged: Stack['logged'] = [];
  const issuer = `${server.origin}/auth/realms/sandbox`;
  const client = (more: Partial<BankIdOptions> = {}): BankId => {
    const dispatcher = new Agent({ headersTimeout: answerMsMax });
    dispatchers.push(dispatcher);
    const origins = [server.origin];
    const outboundOf = (provider: string) =>
      createOutbound({ provider, origins, clock: systemClock, dispatcher, random: () => 0 });
    return createBankIdClient(
      {
        issuer,
        clientId: registration.clientId,
        clientSecret: new Secret(registration.clientSecret),
        clientAuthentication: 'client_secret_basic',
        nationalIdentityClaims: nationalIdentityClaimsDefault,
        scope: 'openid profile nnin_altsub',
        acceptSynthetic: true,
        allowInsecureLoopback: true,
        ...overrides,
        ...more,
      },
      {
        clock,
        entropy: systemEntropy,
        outbound: outboundOf('bankid'),
        documents: outboundOf('bankid-documents'),
        log: (message, details) => logged.push({ message, details }),
      },
    );
  };
  return {
    clock,
    issuer,
    faults,
    logged,
    client,
    bankId: client(),
    async act(action, parameters = {}) {
      await emulator.actions?.[action]?.(parameters);
    },
    requests: (operation) => stateSchema.parse(emulator.state()).requests[operation] ?? 0,
    stop: () => server.close(),
    reset: () => emulator.reset(),
  };
}

/** Opens BankID's page, presses the button and returns the callback parameters. */
export async function choose(authorizeUrl: string, person: string): Promise<URLSearchParams> {
  const page = await request(authorizeUrl);
  if (page.statusCode === 303) return queryOf(page.headers['location']);
  const text = await page.body.text();
  expect(page.statusCode, text).toBe(200);
  const form = new URLSearchParams({ authorization: fieldIn(text, 'authorization') });
  if (person === 'cancel') form.set('cancel', 'yes');
  else {
    expect(text).toContain(`name="person" value="${person}"`);
    form.set('person', person);
  }
  const action = /<form method="post" action="([^"]+)"/.exec(text)?.[1] ?? '';
  const answer = await request(action, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  });
  expect(answer.statusCode).toBe(303);
  return queryOf(answer.headers['location']);
}

function fieldIn(page: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
}

function queryOf(location: string | string[] | undefined): URLSearchParams {
  return new URL(String(location)).searchParams;
}

/** Completes a sign-in with overrides for the callback parameters. */
export async function returnedTo(
  stack: Stack,
  override: Record<string, unknown>,
): Promise<{ callback: URLSearchParams; transaction: SignInTransaction }> {
  const { authorizeUrl, transaction } = await stack.bankId.startSignIn({ redirectUri, locale: 'nb' });
  await stack.act('bend_next_callback', override);
  return { callback: await choose(authorizeUrl, 'kari'), transaction };
}

/** Completes a sign-in. */
export async function signIn(bankId: BankId, person = 'kari'): Promise<VerifiedIdentity> {
  const { authorizeUrl, transaction } = await bankId.startSignIn({ redirectUri, locale: 'nb' });
  return bankId.completeSignIn(await choose(authorizeUrl, person), transaction);
}

/** Signs in with overrides for the next ID token. */
export async function signInOverridden(
  stack: Stack,
  override: Record<string, unknown>,
  bankId: BankId = stack.bankId,
): Promise<VerifiedIdentity> {
  await stack.act('bend_next_id_token', override);
  return signIn(bankId);
}

/** Expects the refusal `code` for the `reason`, without sensitive data in it, and returns the error. */
export async function expectRefusal(
  attempt: Promise<unknown>,
  code: ErrorCode,
  reason: RegExp,
): Promise<DropError> {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(DropError);
  if (!(error instanceof DropError)) throw error;
  expect({ code: error.code, message: error.message }).toEqual({
    code,
    message: expect.stringMatching(reason),
  });
  expect(error.cause === undefined || error.cause instanceof DropError).toBe(true);
  return error;
}

/** Seconds since 1970 by the stack's clock, `offsetSeconds` away. */
export function seconds(stack: Stack, offsetSeconds = 0): number {
  return Math.floor(stack.clock.now().getTime() / 1000) + offsetSeconds;
}

const metadataSchema = z.object({
  scopes_supported: z.array(z.string()),
  claims_supported: z.array(z.string()),
  acr_values_supported: z.array(z.string()),
});

/** The issuer's metadata about scopes, claims and levels. */
export async function discoveryOf({ issuer }: Stack): Promise<z.output<typeof metadataSchema>> {
  const answer = await request(`${issuer}/.well-known/openid-configuration`);
  return metadataSchema.parse(await answer.body.json());
}
