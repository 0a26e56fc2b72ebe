// A webhook endpoint as one would write it with Fastify and pg: verify the raw bytes, insert, answer. JavaScript, since
// it is installed for the bench alone.
import { createHash } from 'node:crypto';
import Fastify from 'fastify';
import pg from 'pg';
import { insert, isSigned } from './inbox-peer.js';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });
const app = Fastify({ bodyLimit: 262_144 });
app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
  done(null, body),
);
app.post('/api/kyc/webhook', async (request, reply) => {
  const rawBody = request.body;
  if (!isSigned(rawBody, request.headers['x-payload-digest'])) return reply.code(401).send();
  const event = JSON.parse(rawBody.toString());
  const key = createHash('sha256').update(rawBody).digest('hex');
  const { rowCount } = await pool.query(insert, [key, event.applicantId, event.type, rawBody]);
  return { receipt: rowCount > 0 ? 'stored' : 'duplicate' };
});
process.once('SIGINT', () => process.exit(0));
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
process.stdout.write('listening\n');
