// Drop in a plain Node server: `node examples/node-http.ts`, configured by the environment as `npm run serve` is.
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { mountDrop } from 'drop/mount';

const drop = await mountDrop();
const answer = getRequestListener((request, bindings) => drop.fetch(request, bindings));

const server = createServer((incoming, outgoing) => {
  // The place for routes of your own, before Drop's.
  if (incoming.url === '/own') return void outgoing.end('the host answers');
  void answer(incoming, outgoing);
});
const port = Number(process.env['PORT'] ?? 3000);
server.listen(port, process.env['HOST'] ?? 'localhost', () =>
  process.stdout.write(`Drop is at port ${port}\n`),
);

const requestGraceMs = 3_000;
let isEnding = false;

/** Accepts no more connections, waits for the requests in progress, then ends Drop. */
function end(reason: string): void {
  if (isEnding) return;
  isEnding = true;
  server.close();
  setTimeout(() => server.closeAllConnections(), requestGraceMs).unref();
  server.once('close', () => void drop.close(reason).then(() => process.exit(0)));
}
process.on('SIGTERM', end);
process.on('SIGINT', end);
process.on('uncaughtException', (error) => void drop.reportUnhandled(error).then(() => process.exit(1)));
