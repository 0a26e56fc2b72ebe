import { randomUUID } from 'node:crypto';
import { loadConfig, type Config } from '#configuration/config.ts';
import { createApp, type HttpApp } from '#http/app.ts';
import { createChangeFeed, type ChangeFeed } from '#http/change-feed.ts';
import type { HttpDependencies } from '#http/environment.ts';
import { createWebShell } from '#http/web-shell.ts';
import { insertSession } from '#store/sessions.ts';
import type { User } from '#store/users.ts';
import { customer, type TestContext } from './context.ts';

/** Drop's HTTP side over a test's context. */
export function testApp(
  context: TestContext,
  changeFeed: ChangeFeed = createChangeFeed(),
  change: Partial<Config> = {},
  webDirectory = 'web/dist',
): HttpApp {
  const dependencies = dependenciesOf(context, webDirectory);
  return createApp({ ...dependencies, changeFeed, config: { ...dependencies.config, ...change } });
}

/** What Drop's HTTP side needs, over a test's context. */
export function dependenciesOf(context: TestContext, webDirectory = 'web/dist'): HttpDependencies {
  return {
    context,
    changeFeed: createChangeFeed(),
    config: loadConfig({ NEXT_PUBLIC_SERVICE_MODE: 'mock', DROP_ENVIRONMENT: 'sandbox' }),
    webhookSources: [],
    health: async () => ({ status: 'ok', ready: true, version: '0', components: {}, lastDone: {} }),
    webShell: createWebShell(webDirectory),
    onServerError: () => undefined,
    onWebhookAccepted: () => undefined,
    onWebhookRefused: () => undefined,
  };
}

export interface SignedIn {
  user: User;
  sessionId: string;
  /** What the browser sends. */
  headers: { cookie: string };
}

/** A customer in a browser, for an hour; a new one unless one is given. */
export async function signedIn(context: TestContext, known?: User): Promise<SignedIn> {
  const user = known ?? (await customer(context));
  const [sessionId, token, at] = [randomUUID(), randomUUID(), context.clock.now()];
  const expiresAt = new Date(at.getTime() + 3_600_000);
  const session = { id: sessionId, token, userId: user.id, userAgent: undefined, at, expiresAt };
  await insertSession(context.store.database, session);
  return { user, sessionId, headers: { cookie: `drop-session=${token}` } };
}
