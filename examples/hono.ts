// Drop inside a Hono app: `node examples/hono.ts`, configured by the environment as `npm run serve` is.
import { serve, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { mountDrop } from 'drop/mount';

const drop = await mountDrop();
const app = new Hono<{ Bindings: HttpBindings }>();

// The place for routes of your own, before Drop's.
app.get('/own', (c) => c.text('the host answers'));
// `c.env` has the connection, whose other end is the customer's address where no proxy is in front.
app.all('*', (c) => drop.fetch(c.req.raw, c.env));

const port = Number(process.env['PORT'] ?? 3000);
const hostname = process.env['HOST'] ?? 'localhost';
const server = serve({ fetch: app.fetch, port, hostname }, () =>
  process.stdout.write(`Drop is at port ${port}\n`),
);

const requestGraceMs = 3_000;
let isEnding = false;

/** Accepts no more connections, waits for the requests in progress, then ends Drop. */
function end(reason: string): void {
  if (isEnding) return;
  isEnding = true;
  server.close(() => void drop.close(reason).then(() => process.exit(0)));
  setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), requestGraceMs).unref();
}
process.on('SIGTERM', end);
process.on('SIGINT', end);
process.on('uncaughtException', (error) => void drop.reportUnhandled(error).then(() => process.exit(1)));
