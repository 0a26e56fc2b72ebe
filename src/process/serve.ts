import { systemClock } from '#domain/clock.ts';
import { isDropError } from '#domain/errors.ts';
import { listen } from '#http/listen.ts';
import { ownDatabase } from '#store/embedded/own-database.ts';
import { loadConfig } from '#configuration/config.ts';
import { version } from '#configuration/version.ts';
import { createLog } from './log.ts';
import { startDrop } from './start.ts';
import { endOnUnhandledException, stopOnSignals } from './signals.ts';
import { createTeardown, type Teardown } from './teardown.ts';

/** The server alone, configured by the environment. Ends the process when it cannot start. */
export async function serve(): Promise<void> {
  const teardown = createTeardown();
  try {
    await start(teardown);
  } catch (error) {
    process.stderr.write(`${isDropError(error) ? error.message : String(error)}\n`);
    await teardown.run('the start failed').catch(() => undefined);
    process.exit(1);
  }
}

async function start(teardown: Teardown): Promise<void> {
  const config = loadConfig();
  const log = createLog(config.LOG_LEVEL);
  stopOnSignals(teardown, { onFailure: (message, error) => log('error', message, { error }) });
  const server = await listen({ host: config.HOST, port: config.PORT, clock: systemClock });
  const database = await ownDatabase({
    databaseUrl: config.DATABASE_URL,
    directUrl: config.DATABASE_DIRECT_URL,
    dataDirectory: config.DROP_DATA_DIR,
  });
  teardown.later(database.close);
  const drop = await startDrop({ config, log, database, server });
  teardown.later(drop.close);
  endOnUnhandledException(drop.reportUnhandled);
  log('info', 'Drop is serving', { address: config.baseUrl, database: database.origin, version });
}
