// A whole process of Drop's, as `npm run serve` starts it. Started by `fleet.ts`, and killed.
import { loadConfig } from '#configuration/config.ts';
import { listen } from '#http/listen.ts';
import { createLog } from '#process/log.ts';
import { startDrop } from '#process/start.ts';
import { openStore } from '#store/database.ts';
import { clockAt, paceOf } from './fast-clock.ts';

const clock = clockAt(paceOf(process.env));
const config = loadConfig();
const store = openStore(config.DATABASE_URL?.reveal() ?? '', {
  directUrl: config.DATABASE_DIRECT_URL?.reveal(),
});
const server = await listen({ host: '127.0.0.1', port: 0, clock });
const database = { store, origin: 'external', close: store.close } as const;
await startDrop({ config, clock, log: createLog(config.LOG_LEVEL), database, server });
process.stdout.write(`${server.port}\n`);
