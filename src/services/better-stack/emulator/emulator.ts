import { Hono } from 'hono';
import { z } from 'zod';
import { readParameters } from '#emulation/action-parameters.ts';
import type { Emulator, EmulatorContext, EmulatorEnvironment } from '#emulation/emulator.ts';
import { Listeners } from '#emulation/listeners.ts';
import { apiRoutes } from './api-routes.ts';
import { Channels, type Receivers, type Sms } from './channels.ts';
import { Collections } from './collections.ts';
import { betterStackErrors, refuse } from './errors.ts';
import { Incidents, type Incident } from './incidents.ts';
import { incidentPage, overviewPage, smsPage, statusPage } from './pages.ts';
import type { CollectionName } from './shapes.ts';
import { Watch } from './watch.ts';

const lookEveryMs = 5_000;
const minutesMax = 1_440;
const minuteMs = 60_000;

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

const minutes = z.strictObject({ minutes: z.coerce.number().int().min(1).max(minutesMax) });

/** BetterStack's API, its checks and its escalation, with pages to look at. Sources: README.md. */
export function createBetterStackEmulator(
  context: EmulatorContext,
  options: BetterStackEmulatorOptions,
): BetterStackEmulator {
  const collections = new Collections();
  const incidents = new Incidents();
  const channels = new Channels(context);
  const pages = new Listeners();
  const watch = new Watch({ context, collections, incidents, channels });
  let isClosed = false;

  const tell = (): void => pages.tell('"changed"');
  async function look(isForced: boolean): Promise<void> {
    const before = JSON.stringify(incidents.save());
    await watch.look(isForced);
    if (JSON.stringify(incidents.save()) !== before) tell();
  }
  function lookLater(): void {
    context.clock.schedule(lookEveryMs, () => {
      if (!isClosed) void look(false).finally(lookLater);
    });
  }
  async function passMinutes(parameters: Record<string, unknown>): Promise<void> {
    const { minutes: passed } = readParameters(minutes, parameters);
    for (const incident of incidents.open())
      incident.startedAt = new Date(incident.startedAt.getTime() - passed * minuteMs);
    await look(false);
  }

  context.faults.answerWith(betterStackErrors);
  const routes = new Hono<EmulatorEnvironment>();
  routes.route(
    '/',
    apiRoutes({
      context,
      collections,
      token: options.token,
      extraOf: (collection, body) => extraOf(collection, body, { ...options, origin: context.origin }),
      shownOf: ({ collection, id }) => statusOf(collection, id, incidents),
      onChange: tell,
    }),
  );
  const beat = context.faults.guard('heartbeat');
  routes.on(['GET', 'POST'], '/api/v1/heartbeat/:token', beat, (c) => {
    const url = `${context.origin}/api/v1/heartbeat/${c.req.param('token')}`;
    const heartbeat = collections.list('heartbeats').find(({ attributes }) => attributes['url'] === url);
    if (!heartbeat) return refuse(404);
    watch.beat(heartbeat);
    tell();
    return c.body(null, 200);
  });
  addPages(routes, { collections, incidents, channels, environment: options.environment, pages });
  routes.post('/check-now', async (c) => {
    await look(true);
    return c.redirect(backTo(c.req.header('referer')), 303);
  });
  routes.post('/pass-minutes', async (c) => {
    await passMinutes(await c.req.parseBody());
    return c.redirect(backTo(c.req.header('referer')), 303);
  });
  routes.post('/incidents/:id/acknowledge', (c) => {
    const incident = incidents.find(c.req.param('id'));
    if (!incident) return c.notFound();
    incident.acknowledgedAt ??= context.clock.now();
    return c.redirect(`/incidents/${incident.id}`, 303);
  });

  const held = (collection: CollectionName): object[] =>
    collections.list(collection).map(({ id, attributes }) => ({ id, ...attributes }));
  return {
    name: 'better-stack',
    routes,
    reset() {
      collections.reset();
      incidents.reset();
      channels.sms = [];
    },
    persistence: {
      save: () => ({ collections: collections.save(), incidents: incidents.save(), sms: channels.sms }),
      restore(saved) {
        const all = saved as { collections: ReturnType<Collections['save']>; incidents: object; sms: Sms[] };
        collections.restore(all.collections);
        incidents.restore(all.incidents);
        channels.sms = all.sms;
      },
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
      check_now: async () => look(true),
      pass_minutes: passMinutes,
    },
    begin(receivers) {
      channels.receivers = receivers;
      lookLater();
    },
    async close() {
      isClosed = true;
    },
  };
}

interface PageParts {
  collections: Collections;
  incidents: Incidents;
  channels: Channels;
  environment: Readonly<Record<string, string>>;
  pages: Listeners;
}

function addPages(routes: Hono<EmulatorEnvironment>, parts: PageParts): void {
  const { collections, incidents, channels, environment, pages } = parts;
  const shown = () => ({ collections, incidents, environment, sms: channels.sms });
  routes.get('/', (c) => c.html(overviewPage(shown())));
  routes.get('/events', () => pages.response());
  routes.get('/sms', (c) => c.html(smsPage(shown())));
  routes.get('/incidents/:id', (c) => {
    const incident = incidents.find(c.req.param('id'));
    return incident ? c.html(incidentPage(incident, shown())) : c.notFound();
  });
  routes.get('/status/:subdomain', (c) => {
    const found = collections
      .list('status-pages')
      .find(({ attributes }) => attributes['subdomain'] === c.req.param('subdomain'));
    return found ? c.html(statusPage(found, shown())) : c.notFound();
  });
}

function extraOf(
  collection: CollectionName,
  body: unknown,
  { origin, heartbeatToken }: { origin: string; heartbeatToken(name: string): string },
): Record<string, unknown> {
  if (collection !== 'heartbeats') return {};
  const name = typeof body === 'object' && body && 'name' in body ? String(body.name) : '';
  return { url: `${origin}/api/v1/heartbeat/${heartbeatToken(name)}` };
}

/** Read-only attributes. */
function statusOf(collection: CollectionName, id: string, incidents: Incidents): Record<string, unknown> {
  if (collection !== 'monitors' && collection !== 'heartbeats') return {};
  const { status, lastAt } = incidents.observed({ kind: collection, id });
  return { status, last_checked_at: lastAt?.toISOString() ?? null };
}

/** The page that a form was on; only its path counts. */
function backTo(referer: string | undefined): string {
  return URL.parse(referer ?? '')?.pathname ?? '/';
}
