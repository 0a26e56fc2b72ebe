import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';
import { createWebhookReceiver, startInboxWorker, systemClock as clock } from '@drop/webhook-inbox';
import { createPostgresStorage, inboxSchema } from '@drop/webhook-inbox/postgres';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
await pool.query(inboxSchema);
const storage = createPostgresStorage({ pool });
const bank = {
  provider: 'bank',
  verify({ rawBody, headers }) {
    const expected = createHmac('sha256', process.env.WEBHOOK_SECRET).update(rawBody).digest();
    const given = Buffer.from(headers.get('signature') ?? '', 'hex');
    const isSigned = given.length === expected.length && timingSafeEqual(given, expected);
    if (!isSigned) return { kind: 'signature_invalid', reason: 'not signed by the bank' };
    const { id, payment } = JSON.parse(rawBody.toString());
    return { kind: 'accepted', deduplicationKey: id, subject: payment, eventType: 'payment' };
  },
  handle: async ({ rawBody }) => console.log(`handled ${rawBody.toString()}`),
};
const receiver = createWebhookReceiver({ storage, clock });
const [onError, onDead] = [console.error, async ({ id }) => console.error(`${id} is given up`)];
const worker = startInboxWorker({ storage, clock, sources: [bank], random: Math.random, onError, onDead });

/** Anyone may send a body, of any length, and break off. */
async function bodyOf(request, bytesMax = 262_144) {
  const chunks = [];
  for await (const chunk of request) {
    if ((bytesMax -= chunk.length) < 0) throw new RangeError('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const server = createServer(async (request, response) => {
  try {
    const { method, url: path, headers } = request;
    const delivery = { method, path, headers: new Headers(headers), rawBody: await bodyOf(request) };
    response.end(await receiver.receive(bank, delivery));
    worker.wake();
  } catch ({ code }) {
    const status = code === 'webhook_signature_invalid' ? 401 : 503;
    response.writeHead(status, { connection: 'close' }).end(code);
  }
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
