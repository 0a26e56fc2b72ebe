// A webhook endpoint as one would write it as a route handler of Next.js with pg: verify the raw bytes, insert, answer.
import { createHash } from 'node:crypto';
import pg from 'pg';
import { insert, isSigned } from '../../../../../inbox-peer.js';

export const dynamic = 'force-dynamic';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });

/** @param {Request} request */
export async function POST(request) {
  const rawBody = Buffer.from(await request.arrayBuffer());
  if (!isSigned(rawBody, request.headers.get('x-payload-digest'))) return new Response(null, { status: 401 });
  const event = JSON.parse(rawBody.toString());
  const key = createHash('sha256').update(rawBody).digest('hex');
  const { rowCount } = await pool.query(insert, [key, event.applicantId, event.type, rawBody]);
  return Response.json({ receipt: rowCount > 0 ? 'stored' : 'duplicate' });
}
