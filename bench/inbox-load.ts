// Sends signed webhooks, each another one, over raw connections: one that is answered sends its next. Some go ahead and
// are not counted; the bytes of those that are counted are made beforehand, so that the sender takes as little of the
// processor as it can. Prints one JSON object.
import { createHmac, randomUUID } from 'node:crypto';
import { connect } from 'node:net';

const port = Number(process.env['PORT']);
const connections = Number(process.env['CONNECTIONS']);
const requests = Number(process.env['REQUESTS']);
const leadMs = Number(process.env['LEAD_MS']);

function webhook(): Buffer {
  const body = JSON.stringify({
    applicantId: randomUUID(),
    inspectionId: randomUUID(),
    correlationId: randomUUID(),
    externalUserId: randomUUID(),
    applicantType: 'individual',
    levelName: 'basic-kyc-level',
    sandboxMode: false,
    type: 'applicantReviewed',
    reviewResult: { reviewAnswer: 'GREEN' },
    reviewStatus: 'completed',
    createdAt: '2026-02-23 14:30:00+0000',
  });
  const digest = createHmac('sha256', process.env['SUMSUB_WEBHOOK_SECRET'] ?? '')
    .update(body)
    .digest('hex');
  const head = [
    'POST /api/kyc/webhook HTTP/1.1',
    `host: 127.0.0.1:${port}`,
    'content-type: application/json',
    'x-payload-digest-alg: HMAC_SHA256_HEX',
    `x-payload-digest: ${digest}`,
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function* webhooksFor(durationMs: number): Generator<Buffer, undefined> {
  const end = performance.now() + durationMs;
  while (performance.now() < end) yield webhook();
}

const prepared = Array.from({ length: requests }, webhook);
let latenciesMs: number[] = [];

/** How an answer ends that says what it should; what ends otherwise is looked at more closely. */
const end = '{"receipt":"stored"}';
const bytesMax = 16_384;
const startBytes = Buffer.from('HTTP/1.1 200');
const endBytes = Buffer.from(end);

/** Whether `buffer` holds a whole answer that says what it should, seen without making a text of it. */
function isStored(buffer: Uint8Array, bytes: number): boolean {
  const from = bytes - endBytes.length;
  if (from < startBytes.length) return false;
  return (
    endBytes.compare(buffer, from, bytes) === 0 && startBytes.compare(buffer, 0, startBytes.length) === 0
  );
}

/** Whether `answer` is there as a whole. */
function isWhole(answer: string): boolean {
  if (answer.endsWith(end)) return true;
  const headEnd = answer.indexOf('\r\n\r\n');
  if (headEnd < 0) return false;
  const length = /content-length: (\d+)/i.exec(answer)?.[1];
  return length === undefined ? answer.endsWith('0\r\n\r\n') : answer.length - headEnd - 4 >= Number(length);
}

/** Reads into one buffer of its own, which spares it the making of a stream's chunks. */
async function connection(waiting: Iterator<Buffer>): Promise<void> {
  const done = Promise.withResolvers<undefined>();
  let sentAt = 0;
  let answer = '';
  const take = (bytes: number, buffer: Uint8Array): boolean => {
    if (answer === '' && isStored(buffer, bytes)) {
      latenciesMs.push(performance.now() - sentAt);
      send();
      return true;
    }
    answer += Buffer.from(buffer.buffer, buffer.byteOffset, bytes).toString('latin1');
    if (!isWhole(answer)) return true;
    latenciesMs.push(performance.now() - sentAt);
    if (!answer.startsWith('HTTP/1.1 200') || !answer.includes('stored')) done.reject(new Error(answer));
    else send();
    return true;
  };
  const onread = { buffer: Buffer.alloc(bytesMax), callback: take };
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread });
  const send = (): void => {
    const next = waiting.next();
    if (next.done === true) {
      socket.end();
      done.resolve(undefined);
      return;
    }
    sentAt = performance.now();
    answer = '';
    socket.write(next.value);
  };
  socket.on('error', done.reject);
  socket.on('close', () => done.resolve(undefined));
  socket.on('connect', send);
  await done.promise;
}

async function sendAll(queue: Iterator<Buffer>): Promise<number> {
  latenciesMs = [];
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: connections }, () => connection(queue)));
  return performance.now() - startedAt;
}

await sendAll(webhooksFor(leadMs));
const ahead = latenciesMs.length;
const elapsedMs = await sendAll(prepared.values());
const sorted = latenciesMs.toSorted((left, right) => left - right);
const quantile = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
if (sorted.length !== requests) throw new Error(`${sorted.length} answers to ${requests} webhooks`);
const perSecond = (requests * 1000) / elapsedMs;
const result = { perSecond, medianMs: quantile(0.5), p99Ms: quantile(0.99), sent: ahead + requests };
process.stdout.write(`${JSON.stringify(result)}\n`);
