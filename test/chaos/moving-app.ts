// A whole process of Drop's, as `npm run serve` starts it. Started by `fleet.ts`, and killed.
import { systemClock } from '#domain/clock.ts';
import { loadConfig } from '#configuration/config.ts';
import { listen } from '#http/listen.ts';
import { createLog } from '#process/log.ts';
import { startDrop } from '#process/start.ts';
import { openStore } from '#store/database.ts';

const config = loadConfig();
const store = openStore(config.DATABASE_URL?.reveal() ?? '');
const server = await listen({ host: '127.0.0.1', port: 0, clock: systemClock });
const database = { store, origin: 'external', close: store.close } as const;
await startDrop({ config, log: createLog(config.LOG_LEVEL), database, server });
process.stdout.write(`${server.port}\n`);
