import type { Handler, HttpServer } from '#http/listen.ts';
import { localOnly } from '../local-only.ts';
import { stagePath } from './routes.ts';

/**
 * The app's server with the stage in front of Drop, at its one path. Drop itself has no such route, wherever it runs.
 */
export function withStage(server: HttpServer, stage: Handler): HttpServer {
  const onStage = localOnly(stage);
  return {
    port: server.port,
    close: (graceMs) => server.close(graceMs),
    handle(handler, intake, faults) {
      const choose: Handler = (request, bindings) =>
        (URL.parse(request.url)?.pathname === stagePath ? onStage : handler)(request, bindings);
      server.handle(choose, intake, faults);
    },
  };
}
