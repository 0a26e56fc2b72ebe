import { existsSync } from 'node:fs';
import { systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { isDropError } from '#domain/errors.ts';
import { redactText } from '#domain/redaction.ts';
import { ownDatabase } from '#store/embedded/own-database.ts';
import { loadConfig, type Config } from '#configuration/config.ts';
import { readMissingSecrets } from '#configuration/secret-values.ts';
import { version } from '#configuration/version.ts';
import { surviveClosedOutput } from './closed-output.ts';
import { endOnUnhandledException, type Crash } from './crash.ts';
import { takeListeners } from './listeners.ts';
import { alertFailedStart } from './failed-start.ts';
import { createLog, type ProcessLog } from './log.ts';
import { startDrop } from './start.ts';
import { stopOnSignals } from './signals.ts';
import { createTeardown, type Teardown } from './teardown.ts';

/** The server alone, configured by the environment. Ends the process when it cannot start. */
export async function serve(): Promise<void> {
  surviveClosedOutput();
  const teardown = createTeardown();
  try {
    await readMissingSecrets({ clock: systemClock, entropy: systemEntropy });
    const config = loadConfig();
    const log = createLog(config.LOG_LEVEL);
    await start({ config, log, teardown }).catch(async (error: unknown) => {
      log('fatal', 'Drop could not start', { error });
      await alertFailedStart(config, log, error);
      throw error;
    });
  } catch (error) {
    process.stderr.write(`${redactText(isDropError(error) ? error.message : String(error))}\n`);
    await teardown.run('the start failed').catch(() => undefined);
    process.exit(1);
  }
}

interface ServeParts {
  config: Config;
  log: ProcessLog;
  teardown: Teardown;
}

async function start({ config, log, teardown }: ServeParts): Promise<void> {
  const crash: Crash = {
    write: (error, origin) => log('fatal', 'Drop ends: an exception was not handled', { error, origin }),
    report: (error) => alertFailedStart(config, log, error),
  };
  endOnUnhandledException(crash);
  let isStopping = false;
  stopOnSignals(teardown, {
    onStopping: (signal) => {
      isStopping = true;
      log('info', 'Drop is shutting down', { signal });
    },
    onStopped: () => log('info', 'Drop has stopped'),
    servesOnMs: () => config.shutdownDelayMs,
    onFailure: (message, error) => log('error', message, { error }),
  });
  const { server, internal } = await takeListeners(config, systemClock, teardown);
  const database = await ownDatabase({
    databaseUrl: config.DATABASE_URL,
    directUrl: config.DATABASE_DIRECT_URL,
    dataDirectory: config.DROP_DATA_DIR,
  });
  teardown.later(database.close);
  const drop = await startDrop({
    config,
    log,
    database,
    server,
    internal,
    isStopping: () => isStopping,
  });
  teardown.later(drop.close);
  crash.report = drop.reportUnhandled;
  if (!existsSync('web/dist/index.html'))
    log('warn', 'the web app is not built, so its pages fail: npm run build');
  const internalAddress = `http://${config.INTERNAL_HOST}:${internal.port}`;
  log('info', 'Drop is serving', {
    address: config.baseUrl,
    port: server.port,
    internalAddress,
    database: database.origin,
    version,
  });
}
