import type { Config } from '#configuration/config.ts';
import { version } from '#configuration/version.ts';
import { createApp } from '#http/app.ts';
import type { ChangeFeed } from '#http/change-feed.ts';
import type { HttpDependencies } from '#http/environment.ts';
import { createHealth, type HealthProbes } from '#http/health.ts';
import type { HttpServer } from '#http/listen.ts';
import { createInternalApp } from '#http/ops/internal-app.ts';
import { createRequestFaults } from '#http/request-faults.ts';
import { createWebShell } from '#http/web-shell.ts';
import { createWebhookIntake } from '#http/webhooks/intake.ts';
import type { WebhookSource } from '#inbox/webhook-source.ts';
import { databaseAnswers } from '#store/database.ts';
import type { UseCaseContext } from '#usecases/context.ts';
import { createWebhookCounter } from '#usecases/watch/webhooks.ts';
import type { Alerting } from './alerting.ts';
import type { Observability } from './observability.ts';
import { withRequestDeadline } from './wiring.ts';

export interface HttpParts {
  context: UseCaseContext;
  config: Config;
  webhookSources: readonly WebhookSource[];
  changeFeed: ChangeFeed;
  metrics: Observability['metrics'];
  alerting: Pick<Alerting, 'countError' | 'refusal'>;
  /** Whether announcements of other processes arrive. */
  isHearing(): boolean;
  /** Whether the process has been told to end. */
  isStopping: (() => boolean) | undefined;
  /** Work beside requests. */
  work: HealthProbes['work'];
  /** The directory of the web app's bundle. */
  webDirectory: string;
  /** Whether the sandbox's stage is in front of Drop. */
  hasStage: boolean;
  /** Resolves when the web app is built. */
  webReady: Promise<unknown> | undefined;
}

/**
 * Serves Drop's HTTP side on `server`, with the fast path of webhooks in front of it; metrics and the full health on
 * `internal`.
 */
export function serveHttp(
  { server, internal }: { server: HttpServer; internal?: HttpServer },
  parts: HttpParts,
): void {
  const http = dependenciesOf(parts);
  internal?.handle(createInternalApp({ health: http.health, metrics: parts.metrics.text }).fetch);
  const { clock } = http.context;
  const app = createApp(http);
  parts.metrics.expect({ routes: app.routes });
  const answer = withRequestDeadline(app.fetch, clock);
  const intake = withRequestDeadline(createWebhookIntake(http), clock);
  server.handle(answer, intake, createRequestFaults(http));
}

function dependenciesOf({
  metrics,
  webDirectory,
  webReady,
  alerting,
  isHearing,
  isStopping = () => false,
  work,
  ...parts
}: HttpParts): HttpDependencies {
  const { clock, services, store } = parts.context;
  const { breakers } = services;
  const probes = {
    version,
    databaseAnswers: () => databaseAnswers(store.pool, clock),
    isHearing,
    isStopping,
    breakers,
    work,
    alertRefusal: alerting.refusal,
  };
  const webhooks = createWebhookCounter(parts.context);
  return {
    ...parts,
    onAnswered: metrics.observeRequest,
    health: createHealth(probes, clock),
    webShell: createWebShell(webDirectory, webReady),
    onWebhookAccepted: webhooks.accepted,
    onWebhookRefused(provider, reason) {
      metrics.countWebhookRefusal(provider, reason);
      webhooks.refused(provider, reason);
    },
    onServerError(error) {
      metrics.countServerError();
      alerting.countError(error);
    },
  };
}
