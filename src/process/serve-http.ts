import { createApp } from '#http/app.ts';
import type { HttpDependencies } from '#http/environment.ts';
import type { HttpServer } from '#http/listen.ts';
import { createWebhookIntake } from '#http/webhooks/intake.ts';
import { withRequestDeadline } from './wiring.ts';

/** Serves Drop's HTTP side on `server`, with the fast path of webhooks in front of it. */
export function serveHttp(server: HttpServer, http: HttpDependencies): void {
  const { clock } = http.context;
  const answer = withRequestDeadline(createApp(http).fetch, clock);
  server.handle(answer, withRequestDeadline(createWebhookIntake(http), clock));
}
