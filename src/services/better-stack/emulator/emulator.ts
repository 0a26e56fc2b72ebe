import { Hono } from 'hono';
import type { Emulator, EmulatorContext, EmulatorEnvironment } from '#emulation/emulator.ts';
import { Account } from './account.ts';
import { apiRoutes } from './api-routes.ts';
import type { Receivers, Sms } from './channels.ts';
import { betterStackErrors, refuse } from './errors.ts';
import type { Incident, Incidents } from './incidents.ts';
import { cutOffOf, minutesOf, pageRoutes } from './page-routes.ts';
import type { CollectionName } from './shapes.ts';

export interface BetterStackEmulatorOptions {
  /** The only token that the API takes. */
  token: string;
  /** The token in the address of a heartbeat, by its name. */
  heartbeatToken(name: string): string;
  /** The variables that point the command line at the emulator, for its page. */
  environment: Readonly<Record<string, string>>;
}

export interface BetterStackEmulator extends Emulator {
  state(): {
    monitors: object[];
    heartbeats: object[];
    policies: object[];
    severities: object[];
    statusPages: object[];
    incidents: readonly Incident[];
    sms: readonly Sms[];
  };
  /** Tells it where alerts go, and begins to check. */
  begin(receivers: Receivers): void;
  /** Ends the checks. */
  close(): Promise<void>;
}

/** BetterStack's API, its checks and its escalation, with pages to look at. Sources: README.md. */
export function createBetterStackEmulator(
  context: EmulatorContext,
  options: BetterStackEmulatorOptions,
): BetterStackEmulator {
  context.faults.answerWith(betterStackErrors);
  const account = new Account(context);
  const { collections, incidents, channels } = account;
  const held = (collection: CollectionName): object[] =>
    collections.list(collection).map(({ id, attributes }) => ({ id, ...attributes }));
  return {
    name: 'better-stack',
    routes: routesOf(account, context, options),
    reset: () => account.reset(),
    persistence: {
      save: () => account.save(),
      restore: (saved) => account.restore(saved as ReturnType<Account['save']>),
    },
    state: () => ({
      monitors: held('monitors'),
      heartbeats: held('heartbeats'),
      policies: held('policies'),
      severities: held('urgencies'),
      statusPages: held('status-pages'),
      incidents: incidents.list(),
      sms: channels.sms,
    }),
    actions: {
      check_now: async () => account.look(true),
      cut_off: async (parameters) => account.cutOff(cutOffOf(parameters)),
      pass_minutes: async (parameters) => account.passMinutes(minutesOf(parameters)),
    },
    begin: (receivers) => account.begin(receivers),
    async close() {
      account.close();
    },
  };
}

function routesOf(
  account: Account,
  context: EmulatorContext,
  { token, heartbeatToken, environment }: BetterStackEmulatorOptions,
): Hono<EmulatorEnvironment> {
  const { collections, incidents } = account;
  const urlOf = (secret: string): string => `${context.origin}/api/v1/heartbeat/${secret}`;
  const routes = new Hono<EmulatorEnvironment>();
  const api = apiRoutes({
    context,
    collections,
    token,
    extraOf: (collection, body) =>
      collection === 'heartbeats' ? { url: urlOf(heartbeatToken(nameIn(body))) } : {},
    shownOf: ({ collection, id }) => statusOf(collection, id, incidents),
    onChange: () => account.tell(),
  });
  routes.route('/', api);
  const heartbeatOf = (secret: string) =>
    collections.list('heartbeats').find(({ attributes }) => attributes['url'] === urlOf(secret));
  routes.on(
    ['GET', 'POST'],
    '/api/v1/heartbeat/:secret',
    // Before the operation: until `drop monitors apply`, a sandbox has nothing that could take what Drop reports.
    async (c, next) => (heartbeatOf(c.req.param('secret')) ? next() : refuse(404)),
    context.faults.guard('heartbeat'),
    (c) => {
      const heartbeat = heartbeatOf(c.req.param('secret'));
      if (!heartbeat) return refuse(404);
      account.watch.beat(heartbeat);
      account.tell();
      return c.body(null, 200);
    },
  );
  routes.route('/', pageRoutes(account, environment));
  return routes;
}

function nameIn(body: unknown): string {
  return typeof body === 'object' && body && 'name' in body ? String(body.name) : '';
}

/** Read-only attributes. */
function statusOf(collection: CollectionName, id: string, incidents: Incidents): Record<string, unknown> {
  if (collection !== 'monitors' && collection !== 'heartbeats') return {};
  const { status, lastAt } = incidents.observed({ kind: collection, id });
  return { status, last_checked_at: lastAt?.toISOString() ?? null };
}
