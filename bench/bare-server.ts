// What one would write without Drop: `/constant` answers a constant, all else the user of a session by one query.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';

const constant = '{"status":"ok"}';
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 20 });
const query = `
  select users.id, users.name, users.kyc_status
  from sessions inner join users on users.id = sessions.user_id
  where token_hash = $1 and expires_at > $2 and last_seen_at > $3`;

const server = createServer((request, response) => {
  if (request.url === '/constant') {
    response.setHeader('content-type', 'application/json').end(constant);
    return;
  }
  me(request).then(
    (body) => response.setHeader('content-type', 'application/json').end(body),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});

async function me(request: IncomingMessage): Promise<string> {
  const token = /drop-session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
  const hash = createHash('sha256').update(token).digest();
  const now = new Date();
  const { rows } = await pool.query<{ id: string; name: string; kyc_status: string }>(query, [
    hash,
    now,
    new Date(now.getTime() - 1_800_000),
  ]);
  const [user] = rows;
  if (!user) throw new Error('no session');
  return JSON.stringify({ id: user.id, name: user.name, kycStatus: user.kyc_status });
}

process.once('SIGINT', () => process.exit(0));
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`listening on ${(server.address() as AddressInfo).port}\n`);
});
