import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalHeaders, canonicalPath, canonicalQuery, type SignedRequest } from './sigv4-canonical.ts';

/** The only caller that an emulator of AWS knows, and what it may sign for. */
export interface SigV4Account {
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
  service: 's3' | 'secretsmanager';
}

/** Why a request is refused. */
export type SigV4Refusal =
  | 'unsigned'
  | 'malformed'
  | 'unknown_key'
  | 'wrong_scope'
  | 'skewed'
  | 'expired'
  | 'unsigned_header'
  | 'body_changed'
  | 'mismatch';

const algorithm = 'AWS4-HMAC-SHA256';
/** How far the clocks of caller and AWS may be apart. */
const skewMsMax = 900_000;
const expiresSecondsMax = 604_800;
const unsignedPayload = 'UNSIGNED-PAYLOAD';

interface Signature {
  accessKeyId: string;
  /** `YYYYMMDD/region/service/aws4_request`. */
  scope: string;
  signedHeaders: string[];
  signature: string;
  /** `YYYYMMDDThhmmssZ`. */
  date: string;
  /** Seconds, of an address that is signed beforehand. */
  expires: number | undefined;
}

/**
 * Checks the signature of a request, in its headers or in its query, as AWS does. Returns undefined for a good one.
 * Source: docs.aws.amazon.com, "Signature Version 4 for API requests", "Authenticating requests: using query
 * parameters".
 */
export function sigV4RefusalOf(
  request: SignedRequest,
  account: SigV4Account,
  now: Date,
): SigV4Refusal | undefined {
  const isInQuery = request.query.some(([name]) => name === 'X-Amz-Signature');
  const given = isInQuery ? signatureInQuery(request) : signatureInHeaders(request);
  if (typeof given === 'string') return given;
  return (
    refusalOfScope(given, account) ??
    refusalOfTime(given, now) ??
    refusalOfHeaders(given, request) ??
    refusalOfBody(request, account, isInQuery) ??
    refusalOfSignature(given, request, account)
  );
}

function signatureInHeaders({ headers }: SignedRequest): Signature | SigV4Refusal {
  const authorization = headers.get('authorization');
  if (authorization === null) return 'unsigned';
  const parts = new RegExp(
    `^${algorithm} Credential=([^/, ]+)/([^, ]+), ?SignedHeaders=([^, ]+), ?Signature=([0-9a-f]{64})$`,
  ).exec(authorization);
  const date = headers.get('x-amz-date');
  if (!parts || date === null || !isDate(date)) return 'malformed';
  const [, accessKeyId = '', scope = '', signedHeaders = '', signature = ''] = parts;
  return {
    accessKeyId,
    scope,
    signedHeaders: signedHeaders.split(';'),
    signature,
    date,
    expires: undefined,
  };
}

function signatureInQuery({ query }: SignedRequest): Signature | SigV4Refusal {
  const one = (name: string): string => {
    const values = query.filter(([key]) => key === `X-Amz-${name}`).map(([, value]) => value);
    return values.length === 1 ? (values[0] ?? '') : '';
  };
  const [accessKeyId = '', ...scope] = one('Credential').split('/');
  const [date, signature, expires] = [one('Date'), one('Signature'), Number(one('Expires') || Number.NaN)];
  const isWellFormed =
    one('Algorithm') === algorithm && isDate(date) && /^[0-9a-f]{64}$/.test(signature) && accessKeyId !== '';
  const isDuration = Number.isInteger(expires) && expires >= 1 && expires <= expiresSecondsMax;
  if (!isWellFormed || !isDuration) return 'malformed';
  const signedHeaders = one('SignedHeaders').split(';');
  return { accessKeyId, scope: scope.join('/'), signedHeaders, signature, date, expires };
}

function refusalOfScope(given: Signature, account: SigV4Account): SigV4Refusal | undefined {
  const { accessKeyId, region, service } = account;
  if (given.accessKeyId !== accessKeyId) return 'unknown_key';
  const scope = `${given.date.slice(0, 8)}/${region}/${service}/aws4_request`;
  return given.scope === scope ? undefined : 'wrong_scope';
}

function refusalOfTime({ date, expires }: Signature, now: Date): SigV4Refusal | undefined {
  const ageMs = now.getTime() - timeOf(date);
  if (expires === undefined) return Math.abs(ageMs) > skewMsMax ? 'skewed' : undefined;
  if (ageMs < -skewMsMax) return 'skewed';
  return ageMs >= expires * 1000 ? 'expired' : undefined;
}

/** The host and every header of Amazon's must be signed, and what is signed must be there. */
function refusalOfHeaders(
  { signedHeaders }: Signature,
  { headers }: SignedRequest,
): SigV4Refusal | undefined {
  const needed = ['host', ...[...headers.keys()].filter((name) => name.startsWith('x-amz-'))];
  const isOrdered = signedHeaders.every(
    (name, index) => index === 0 || (signedHeaders[index - 1] ?? '') < name,
  );
  if (!isOrdered) return 'malformed';
  return needed.every((name) => signedHeaders.includes(name)) ? undefined : 'unsigned_header';
}

/** S3 demands the hash of the body as a header; elsewhere, and in an address, the hash is implied. */
function refusalOfBody(
  { headers, body }: SignedRequest,
  { service }: SigV4Account,
  isInQuery: boolean,
): SigV4Refusal | undefined {
  const stated = headers.get('x-amz-content-sha256');
  if (stated === null) return service === 's3' && !isInQuery ? 'malformed' : undefined;
  if (stated === unsignedPayload) return undefined;
  return stated === sha256(body) ? undefined : 'body_changed';
}

function refusalOfSignature(
  given: Signature,
  request: SignedRequest,
  account: SigV4Account,
): SigV4Refusal | undefined {
  const { service, region, secretAccessKey } = account;
  const isInQuery = given.expires !== undefined;
  const hash =
    request.headers.get('x-amz-content-sha256') ?? (isInQuery ? unsignedPayload : sha256(request.body));
  const canonical = [
    request.method,
    canonicalPath(request.path, service === 's3'),
    canonicalQuery(request.query),
    canonicalHeaders(request.headers, given.signedHeaders),
    given.signedHeaders.join(';'),
    hash,
  ].join('\n');
  const text = [algorithm, given.date, given.scope, sha256(canonical)].join('\n');
  const key = [given.date.slice(0, 8), region, service, 'aws4_request'].reduce<string | Buffer>(
    hmac,
    `AWS4${secretAccessKey}`,
  );
  return timingSafeEqual(hmac(key, text), Buffer.from(given.signature, 'hex')) ? undefined : 'mismatch';
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function isDate(text: string): boolean {
  return /^\d{8}T\d{6}Z$/.test(text) && !Number.isNaN(timeOf(text));
}

function timeOf(date: string): number {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
