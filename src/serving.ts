import { isDropError } from '#domain/errors.ts';
import { listen } from '#inbound/listen.ts';
import { ownDatabase } from '#store/own-database.ts';
import { loadConfig } from './config.ts';
import { version } from './configuration/version.ts';
import { createLog } from './log.ts';
import { startDrop } from './main.ts';
import { stopOnSignals } from './signals.ts';

/** The server alone, configured by the environment. Ends the process when it cannot start. */
export async function serve(): Promise<void> {
  try {
    const config = loadConfig();
    const log = createLog(config.LOG_LEVEL);
    const server = await listen({ host: config.HOST, port: config.PORT });
    const database = await ownDatabase({
      databaseUrl: config.DATABASE_URL,
      dataDirectory: config.DROP_DATA_DIR,
    });
    const running = await startDrop({ config, log, database, server });
    stopOnSignals(running, log);
    log('info', 'Drop is serving', { address: config.baseUrl, database: database.origin, version });
  } catch (error) {
    process.stderr.write(`${isDropError(error) ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
