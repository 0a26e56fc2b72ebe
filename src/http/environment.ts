import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Locale } from '#domain/locale.ts';
import type { Config } from '#configuration/config.ts';
import type { WebhookSource } from '#inbox/webhook-source.ts';
import type { UseCaseContext } from '#usecases/context.ts';
import type { ChangeFeed } from './change-feed.ts';
import type { HealthReport } from './health.ts';
import type { WebShell } from './web-shell.ts';

/** What a request carries through its handlers. */
export interface HttpEnvironment {
  Bindings: HttpBindings;
  Variables: { requestId: string; locale: Locale };
}

export type HttpContext = Context<HttpEnvironment>;

/** What the routes stand on. */
export interface HttpDependencies {
  context: UseCaseContext;
  config: Config;
  webhookSources: readonly WebhookSource[];
  changeFeed: ChangeFeed;
  health(): Promise<HealthReport>;
  webShell: WebShell;
  /** Prometheus' text format. */
  metrics(): Promise<string>;
  /** Told of every error of status 500 and above, for the error spike. */
  onServerError(): void;
  /** Told of every webhook that was not acknowledged, with the code of the reason. */
  onWebhookRefused(provider: string, reason: string): void;
}
