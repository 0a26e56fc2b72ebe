import { timingSafeEqual, createHash } from 'node:crypto';
import { Hono, type Context } from 'hono';
import type { EmulatorContext, EmulatorEnvironment } from '#emulation/emulator.ts';
import type { Collections, Invalid, Kept } from './collections.ts';
import { refuse } from './errors.ts';
import { shapes, type CollectionName } from './shapes.ts';

const pageItemsDefault = 50;
const pageItemsMax = 250;

export interface ApiParts {
  context: EmulatorContext;
  collections: Collections;
  token: string;
  /** The attributes that the server sets on what is created. */
  extraOf(collection: CollectionName, body: unknown): Record<string, unknown>;
  /** The attributes that the server adds when it answers. */
  shownOf(kept: Kept): Record<string, unknown>;
  /** Told after each change. */
  onChange(): void;
}

/** The paths of the API by collection; policies are of another version. */
const paths: readonly [path: string, collection: CollectionName][] = [
  ['/api/v2/urgencies', 'urgencies'],
  ['/api/v3/policies', 'policies'],
  ['/api/v2/monitors', 'monitors'],
  ['/api/v2/heartbeats', 'heartbeats'],
  ['/api/v2/status-pages', 'status-pages'],
  ['/api/v2/status-pages/:page/resources', 'resources'],
];

/** The API as JSON:API-like documents with a bearer token. Source: betterstack.com/docs/uptime/api. */
export function apiRoutes(parts: ApiParts): Hono<EmulatorEnvironment> {
  const { context, token } = parts;
  const routes = new Hono<EmulatorEnvironment>();
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const expected = digest(`Bearer ${token}`);
  for (const path of ['/api/v2/*', '/api/v3/*'])
    routes.use(path, async (c, next) =>
      timingSafeEqual(digest(c.req.header('authorization') ?? ''), expected) ? next() : refuse(401),
    );
  for (const [path, collection] of paths) addCollection(routes, parts, { path, collection });
  const slack = slackIntegration;
  routes.get('/api/v2/slack-integrations', context.faults.guard('slack-integrations.list'), (c) =>
    c.json(pageOf(c, [slack])),
  );
  return routes;
}

/** It is connected in BetterStack's own pages; the API only lists it. */
const slackIntegration = {
  id: '1001',
  type: 'slack_integration',
  attributes: { slack_channel_name: 'drop-ops', slack_status: 'active', integration_type: 'channel' },
};

function addCollection(
  routes: Hono<EmulatorEnvironment>,
  parts: ApiParts,
  { path, collection }: { path: string; collection: CollectionName },
): void {
  const { collections, onChange } = parts;
  const guard = (verb: string) => parts.context.faults.guard(`${collection}.${verb}`);
  const pageIdOf = (c: Context<EmulatorEnvironment>): string | undefined => c.req.param('page');
  const found = (c: Context<EmulatorEnvironment>): Kept | undefined =>
    collections.list(collection, pageIdOf(c)).find(({ id }) => id === c.req.param('id'));
  const answer = (c: Context, kept: Kept | Invalid, status: 200 | 201): Response => {
    if (!isKept(kept)) return c.json({ errors: kept }, 422);
    onChange();
    return c.json({ data: documentOf(parts, kept) }, status);
  };

  routes.get(path, guard('list'), (c) => {
    const all = collections.list(collection, pageIdOf(c)).map((kept) => documentOf(parts, kept));
    return c.json(pageOf(c, all));
  });
  routes.post(path, guard('create'), async (c) => {
    const page = pageIdOf(c);
    if (page !== undefined && !collections.find('status-pages', page)) return refuse(404);
    const body: unknown = await c.req.json().catch(() => undefined);
    return answer(c, collections.create({ collection, page }, body, parts.extraOf(collection, body)), 201);
  });
  routes.get(`${path}/:id`, guard('read'), (c) => {
    const kept = found(c);
    return kept ? c.json({ data: documentOf(parts, kept) }) : refuse(404);
  });
  routes.patch(`${path}/:id`, guard('update'), async (c) => {
    const kept = found(c);
    if (!kept) return refuse(404);
    const body: unknown = await c.req.json().catch(() => undefined);
    return answer(c, typeof body === 'object' && body ? collections.update(kept, body) : badBody, 200);
  });
  routes.delete(`${path}/:id`, guard('delete'), (c) => {
    const kept = found(c);
    if (!kept) return refuse(404);
    collections.remove(kept);
    onChange();
    return c.body(null, 204);
  });
}

const badBody: Invalid = { base: ['must be a JSON object'] };

/** Every value of a refusal is a list of texts; what is kept has an id, which is one text. */
function isKept(kept: Kept | Invalid): kept is Kept {
  return typeof kept['id'] === 'string';
}

function documentOf({ shownOf }: ApiParts, kept: Kept): object {
  const { id, collection, attributes } = kept;
  return { id, type: shapes[collection].type, attributes: { ...attributes, ...shownOf(kept) } };
}

/** One page of a list, `?page=N&per_page=M`, with the addresses of its neighbours. */
function pageOf(c: Context<EmulatorEnvironment>, all: readonly object[]): object {
  const wanted = (name: string, fallback: number): number => {
    const value = Number(c.req.query(name) ?? fallback);
    return Number.isInteger(value) && value > 0 ? value : fallback;
  };
  const size = Math.min(wanted('per_page', pageItemsDefault), pageItemsMax);
  const number = wanted('page', 1);
  const last = Math.max(1, Math.ceil(all.length / size));
  const at = (page: number): string | null => {
    const url = new URL(c.req.url);
    url.search = new URLSearchParams({ page: `${page}`, per_page: `${size}` }).toString();
    return page >= 1 && page <= last ? url.href : null;
  };
  return {
    data: all.slice((number - 1) * size, number * size),
    pagination: { first: at(1), last: at(last), prev: at(number - 1), next: at(number + 1) },
  };
}
