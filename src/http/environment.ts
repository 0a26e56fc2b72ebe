import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Locale } from '#domain/locale.ts';
import type { Config } from '#configuration/config.ts';
import type { WebhookSource } from '#inbox/webhook-source.ts';
import type { LiveSession } from '#store/sessions.ts';
import type { CountedError } from '#usecases/alerts/error-counts.ts';
import type { UseCaseContext } from '#usecases/context.ts';
import type { ChangeFeed } from './change-feed.ts';
import type { HealthReport } from './health.ts';
import type { AnsweredRequest } from './log-requests.ts';
import type { WebShell } from './web-shell.ts';

/** The variables of a request that its handlers share. */
export interface HttpEnvironment {
  Bindings: HttpBindings;
  Variables: {
    requestId: string;
    locale: Locale;
    /** The live session, once it has been looked up. */
    session?: LiveSession;
  };
}

export type HttpContext = Context<HttpEnvironment>;

/** The dependencies of the routes. */
export interface HttpDependencies {
  context: UseCaseContext;
  config: Config;
  webhookSources: readonly WebhookSource[];
  changeFeed: ChangeFeed;
  health(): Promise<HealthReport>;
  webShell: WebShell;
  /** Whether the sandbox's stage is in front of Drop, at the same origin; not unless given. */
  hasStage?: boolean;
  /** Called for every request that was answered, for the metrics. Must not throw. */
  onAnswered?(request: AnsweredRequest): void;
  /** Called for every error with status 500 or above, for the error spike alert. */
  onServerError(error: CountedError): void;
  /** Called for every webhook that is durable, whether new or a duplicate. */
  onWebhookAccepted(provider: string): void;
  /** Called for every webhook that was not acknowledged, with the reason's code. */
  onWebhookRefused(provider: string, reason: string): void;
}
