import { Hono } from 'hono';
import { z } from 'zod';
import { invalidParameters, readParameters } from '#emulation/action-parameters.ts';
import type { Emulator, EmulatorContext, EmulatorEnvironment } from '#emulation/emulator.ts';
import {
  overrideSchema,
  callbackOverrideSchema,
  discoveryOverrideSchema,
  noOverride,
  noCallbackOverride,
  noUserinfoOverride,
  userinfoOverrideSchema,
} from './override.ts';
import { registerClient, shownClient } from './clients.ts';
import { bankIdErrors } from './errors.ts';
import { issuerNameSchema } from './issuers.ts';
import { KeyRing, publishingSchema } from './keys.ts';
import { OneTimeStore } from './one-time-store.ts';
import { pushedSeconds } from './par.ts';
import { addRoutes } from './routes.ts';
import { SingleUse } from './single-use.ts';
import type { BankIdEmulatorOptions, EmulatorState } from './state.ts';

const realm = '/auth/realms/sandbox';
const pageMs = 600_000;
const codeMs = 60_000;
const byDefault = { issuer: 'bankid' } as const;
const imitation = z.strictObject({
  issuer: issuerNameSchema,
  identitySource: z.enum(['id_token', 'userinfo']).optional(),
});
const nextPerson = z.strictObject({ person: z.string().exactOptional() });
const accessMs = 300_000;
const assertionsRememberedMs = 120_000;

/**
 * BankID's OpenID Connect provider (API version 4) as its documentation describes it, at
 * `${origin}/auth/realms/sandbox`, with a page to choose a person instead of BankID's own pages. Operations for faults:
 * `discovery`, `par`, `authorize`, `token`, `jwks`, `userinfo`.
 */
export async function createBankIdEmulator(
  context: EmulatorContext,
  options: BankIdEmulatorOptions,
): Promise<Emulator> {
  const state: EmulatorState = {
    context,
    options,
    issuer: `${context.origin}${realm}`,
    imitated: options.imitated ?? byDefault,
    clients: new Map([[options.clientId, options]]),
    keys: await KeyRing.create(),
    pending: new OneTimeStore(context.clock, pageMs),
    codes: new OneTimeStore(context.clock, codeMs),
    pushed: new OneTimeStore(context.clock, pushedSeconds * 1_000),
    visited: new OneTimeStore(context.clock, pageMs),
    usedAssertions: new SingleUse(assertionsRememberedMs),
    requests: new Map(),
    accessTokens: new OneTimeStore(context.clock, accessMs),
    nextOverride: noOverride,
    nextUserinfoBend: noUserinfoOverride,
    nextCallbackBend: noCallbackOverride,
    nextPerson: undefined,
    discoveryBend: discoveryOverrideSchema.parse({}),
  };
  const routes = new Hono<EmulatorEnvironment>().basePath(realm);
  addRoutes(routes, state);
  context.faults.answerWith(bankIdErrors);
  return {
    name: 'bankid',
    routes,
    reset: () => forget(state),
    state: () => shown(state),
    actions: {
      register_client: async (parameters) => registerClient(state.clients, parameters),
      imitate: async (parameters) => void (state.imitated = readParameters(imitation, parameters)),
      choose_next: async (parameters) => chooseNext(state, parameters),
      bend_next_id_token: async (parameters) => void (state.nextOverride = overrideSchema.parse(parameters)),
      bend_next_userinfo: async (parameters) =>
        void (state.nextUserinfoBend = userinfoOverrideSchema.parse(parameters)),
      bend_next_callback: async (parameters) =>
        void (state.nextCallbackBend = callbackOverrideSchema.parse(parameters)),
      bend_discovery: async (parameters) =>
        void (state.discoveryBend = discoveryOverrideSchema.parse(parameters)),
      publish_keys: async (parameters) => state.keys.publish(publishingSchema.parse(parameters)),
      rotate_keys: async () => state.keys.rotate(),
      renew_key: async () => state.keys.renew(),
      add_rsa_key: async () => state.keys.addRsa(),
    },
  };
}

/** `{ person? }`: without one, the page to choose is shown again. */
function chooseNext(state: EmulatorState, parameters: Record<string, unknown>): void {
  const { person } = readParameters(nextPerson, parameters);
  const { people } = state.options;
  const found = people.find(({ id }) => id === person);
  if (person !== undefined && !found)
    throw invalidParameters(`no such person; there are: ${people.map(({ id }) => id).join(', ')}`);
  state.nextPerson = found;
}

function forget(state: EmulatorState): void {
  state.imitated = state.options.imitated ?? byDefault;
  state.clients = new Map([[state.options.clientId, state.options]]);
  state.pending.clear();
  state.codes.clear();
  state.pushed.clear();
  state.visited.clear();
  state.usedAssertions.clear();
  state.requests.clear();
  state.keys.reset();
  state.accessTokens.clear();
  state.nextOverride = noOverride;
  state.nextUserinfoBend = noUserinfoOverride;
  state.nextCallbackBend = noCallbackOverride;
  state.nextPerson = undefined;
  state.discoveryBend = discoveryOverrideSchema.parse({});
}

/** Contains no national identity numbers and no codes. */
function shown({ issuer, imitated, clients, ...state }: EmulatorState): unknown {
  const { options, pending, codes, keys, requests } = state;
  return {
    issuer,
    imitated,
    clients: [...clients.values()].map(shownClient),
    people: options.people.map(({ id, name, outcome }) => ({ id, name, outcome })),
    nextPerson: state.nextPerson?.id,
    pagesOpen: pending.size,
    codesUnused: codes.size,
    keys: {
      next: keys.get('next')?.kid,
      current: keys.get('current')?.kid,
      previous: keys.get('previous')?.kid,
    },
    requests: Object.fromEntries(requests),
  };
}
