// `next start` of `inbox-next/`, which is built first. JavaScript, since it is installed for the bench alone.
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import next from 'next';

const dir = fileURLToPath(new URL('inbox-next', import.meta.url));
const program = fileURLToPath(new URL('node_modules/next/dist/bin/next', import.meta.url));
process.env.NEXT_TELEMETRY_DISABLED = '1';
execFileSync(process.execPath, [program, 'build', dir], { stdio: ['ignore', 'ignore', 'inherit'] });
const port = Number(process.env.PORT);
const app = next({ dev: false, dir, hostname: '127.0.0.1', port });
await app.prepare();
const handle = app.getRequestHandler();
process.once('SIGINT', () => process.exit(0));
createServer((request, response) => void handle(request, response)).listen(port, '127.0.0.1', () =>
  process.stdout.write('listening\n'),
);
