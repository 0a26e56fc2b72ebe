import { createHash, verify, X509Certificate } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { Clock } from '#domain/clock.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { dialects, type Dialect } from './dialects.ts';
import { echoRequestId, refuse, type MessageCode } from './refusal.ts';

/** By how much the time of a signed request may differ from the bank's. */
const dateMsMax = 300_000;
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

interface SignedRequest {
  headers: Headers;
  body: Uint8Array;
  dialect: Dialect;
  now: Date;
}

/** What is wrong with a request, in the order in which a bank looks. */
type Fault = [MessageCode, string] | undefined;

/** Demands the signature of the application whose seal is `certificate`, over the headers of the bank's own list. */
export function authenticate(certificatePem: string, clock: Clock): MiddlewareHandler<EmulatorEnvironment> {
  const known = new X509Certificate(certificatePem);
  return async (c, next) => {
    const dialect = dialects[c.req.param('bank') ?? ''];
    if (dialect === undefined) throw refuse('tppMessages', 'RESOURCE_UNKNOWN', 'no such bank');
    const body = new Uint8Array(await c.req.arrayBuffer());
    const request = { headers: c.req.raw.headers, body, dialect, now: clock.now() };
    const fault = faultOfForm(request) ?? faultOfSignature(request, known);
    if (fault !== undefined) throw refuse(dialect.errors, ...fault);
    await next();
    echoRequestId(c);
  };
}

function faultOfForm({ headers, dialect, now }: SignedRequest): Fault {
  if (!uuid.test(headers.get('x-request-id') ?? '')) return ['FORMAT_ERROR', 'X-Request-ID is no UUID'];
  if (!headers.get('accept')?.includes('application/json'))
    return ['REQUESTED_FORMATS_INVALID', 'only application/json is offered'];
  const age = now.getTime() - Date.parse(headers.get('date') ?? '');
  const isDated = dialect.signedHeaders.includes('date');
  if (isDated && !(Math.abs(age) <= dateMsMax)) return ['TIMESTAMP_INVALID', 'Date is not now'];
  return undefined;
}

function faultOfSignature({ headers, body, dialect }: SignedRequest, known: X509Certificate): Fault {
  const digest = `SHA-256=${createHash('sha256').update(body).digest('base64')}`;
  if (headers.get('digest') !== digest) return ['SIGNATURE_INVALID', 'Digest is not that of the body'];
  const shown = headers.get('tpp-signature-certificate');
  if (shown === null) return ['CERTIFICATE_MISSING', 'there is no TPP-Signature-Certificate'];
  if (shown !== known.raw.toString('base64')) return ['CERTIFICATE_INVALID', 'the certificate is not known'];
  const signature = headers.get('signature');
  if (signature === null) return ['SIGNATURE_MISSING', 'there is no Signature'];
  const { keyId, algorithm, headers: list = '', signature: value = '' } = parametersOf(signature);
  if (keyId !== expectedKeyId(known)) return ['SIGNATURE_INVALID', 'keyId does not name the certificate'];
  if (algorithm !== 'rsa-sha256') return ['SIGNATURE_INVALID', 'the algorithm is not rsa-sha256'];
  const present = dialect.signedHeaders.filter((name) => headers.has(name));
  if (list !== present.join(' ')) return ['SIGNATURE_INVALID', `must sign ${present.join(' ')}`];
  const text = present.map((name) => `${name}: ${headers.get(name)}`).join('\n');
  const isRight = verify('sha256', Buffer.from(text), known.publicKey, Buffer.from(value, 'base64'));
  return isRight ? undefined : ['SIGNATURE_INVALID', 'the signature is wrong'];
}

/** `name="value"` pairs (draft-cavage-http-signatures-12, 4.1). */
function parametersOf(header: string): Record<string, string> {
  return Object.fromEntries(
    [...header.matchAll(/(?<!\w)(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

/** The issuer as RFC 4514 writes it: the last attribute first, and spaces percent-encoded. */
function expectedKeyId({ serialNumber, issuer }: X509Certificate): string {
  const attributes = issuer.split('\n').reverse();
  return `SN=${serialNumber},CA=${attributes.map((each) => each.replace(/ /g, '%20')).join(',')}`;
}
