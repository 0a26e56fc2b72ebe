import type { Config } from '#configuration/config.ts';
import type { Alert } from '#domain/alert-text.ts';
import type { Clock } from '#domain/clock.ts';
import type { HttpServer } from '#http/listen.ts';
import type { JobQueue } from '#jobs/port.ts';
import type { ProviderDefinition } from '#services/open-banking/definition.ts';
import type { OwnDatabase } from '#store/embedded/own-database.ts';
import type { Log } from '#usecases/context.ts';

export interface RunningDrop {
  /** Finishes the work in progress and closes everything but the database. */
  close(reason: string): Promise<void>;
  /** Sends an alert of the process that Drop is part of. Does not reject. */
  sendAlert(alert: Alert): Promise<void>;
  /** Alerts the operators of an uncaught exception, in bounded time. */
  reportUnhandled(error: unknown): Promise<void>;
}

export interface DropParts {
  config: Config;
  log: Log;
  database: OwnDatabase;
  server: HttpServer;
  /** The system's, unless given. */
  clock?: Clock;
  /** Where jobs wait; in the database, unless given. */
  queue?: JobQueue;
  /** Serves metrics and the full health; without it nothing does. */
  internal?: HttpServer;
  /** Whether the process has been told to end; from then on it says that it is not ready. */
  isStopping?: () => boolean;
  /** The directory of the web app's bundle; `web/dist` in the working directory unless given. */
  webDirectory?: string;
  /** Whether `server` has the sandbox's stage in front of Drop, which the web app is then told; it is not Drop's. */
  hasStage?: boolean;
  /** Resolves when the web app is built. */
  webReady?: Promise<unknown>;
  /** The open banking providers that the configuration was read for; all, unless given. */
  providers?: readonly ProviderDefinition[];
}
