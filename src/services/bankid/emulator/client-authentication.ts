import type { KeyObject } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import type { SingleUse } from './single-use.ts';
import { invalidRequest, type TokenFault } from './token.ts';

/** A client as registered at BankID, with one authentication method. */
export interface RegisteredClient {
  clientId: string;
  clientSecret: string;
  redirectUris: readonly string[];
  /** The public keys of a client that authenticates with `private_key_jwt`; its secret is then not accepted. */
  clientKeys?: readonly ClientKey[];
  /** The scopes beside `openid` that the client may request; all of the issuer unless given. */
  scopes?: readonly string[];
}

export interface ClientKey {
  kid: string;
  publicKey: KeyObject;
}

export interface ClientRequest {
  authorization: string | undefined;
  contentType: string;
  form: URLSearchParams;
}

export interface AssertionExpectations {
  /**
   * The audiences that an assertion may have (RFC 9126, 2: issuer, token endpoint, and the endpoint that is called).
   */
  audiences: string[];
  now: Date;
  usedAssertions: SingleUse;
}

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const lifetimeSecondsMax = 60;
const toleranceSeconds = 10;

/**
 * Finds and authenticates the client by `client_secret_basic` or `client_secret_post`; if keys are registered, by
 * `private_key_jwt` (RFC 7523) only.
 */
export async function judgeClient(
  request: ClientRequest,
  clients: ReadonlyMap<string, RegisteredClient>,
  expectations: AssertionExpectations,
): Promise<RegisteredClient | TokenFault> {
  const { contentType, form } = request;
  if (!/^application\/x-www-form-urlencoded\b/i.test(contentType))
    return invalidRequest('form-urlencoded only');
  const names = [...form.keys()];
  if (new Set(names).size !== names.length) return invalidRequest('duplicated parameter');
  const ways = [
    request.authorization,
    form.get('client_secret') ?? undefined,
    form.get('client_assertion') ?? undefined,
  ];
  if (ways.filter((way) => way !== undefined).length > 1)
    return invalidRequest('more than one way of authenticating');
  const client = clients.get(claimedClientId(request));
  if (!client) return invalidClient;
  const isAuthentic = client.clientKeys
    ? await isAssertionGood(form, { ...client, clientKeys: client.clientKeys }, expectations)
    : isSecretGood(request, client);
  return isAuthentic ? client : invalidClient;
}

/** The client that a request names in its `Authorization` header, its assertion or its form. */
function claimedClientId({ authorization, form }: ClientRequest): string {
  if (authorization !== undefined) return basicCredentials(authorization).id;
  return form.get('client_id') ?? issuerOf(form.get('client_assertion') ?? '');
}

function issuerOf(assertion: string): string {
  try {
    return decodeJwt(assertion).iss ?? '';
  } catch {
    return '';
  }
}

const invalidClient: TokenFault = {
  status: 401,
  error: 'invalid_client',
  description: 'Invalid client or Invalid client credentials',
};

function isSecretGood({ authorization, form }: ClientRequest, client: RegisteredClient): boolean {
  const posted = { id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' };
  const { id, secret } = authorization === undefined ? posted : basicCredentials(authorization);
  return id === client.clientId && secret === client.clientSecret;
}

function basicCredentials(authorization: string): { id: string; secret: string } {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1] ?? '';
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString().split(':');
  return { id: formDecoded(id), secret: formDecoded(secret) };
}

/** RFC 6749, 2.3.1: both halves are form-urlencoded before they are joined. */
function formDecoded(value: string): string {
  return new URLSearchParams(`value=${value}`).get('value') ?? '';
}

/** RFC 7523, section 3. A `jti` that has been used is refused, as in Keycloak. */
async function isAssertionGood(
  form: URLSearchParams,
  { clientId, clientKeys }: { clientId: string; clientKeys: readonly ClientKey[] },
  { audiences, now, usedAssertions }: AssertionExpectations,
): Promise<boolean> {
  if (form.get('client_assertion_type') !== assertionType) return false;
  if (form.has('client_id') && form.get('client_id') !== clientId) return false;
  const assertion = form.get('client_assertion') ?? '';
  try {
    const { kid } = decodeProtectedHeader(assertion);
    const key = clientKeys.find((registered) => registered.kid === kid);
    if (!key) return false;
    const { payload } = await jwtVerify(assertion, key.publicKey, {
      algorithms: [key.publicKey.asymmetricKeyType === 'rsa' ? 'RS256' : 'ES256'],
      issuer: clientId,
      subject: clientId,
      audience: audiences,
      currentDate: now,
      clockTolerance: toleranceSeconds,
      requiredClaims: ['exp', 'jti'],
    });
    const { exp = 0, jti = '' } = payload;
    if ([payload.aud].flat().length !== 1) return false;
    if (exp > now.getTime() / 1000 + lifetimeSecondsMax + toleranceSeconds) return false;
    return usedAssertions.use(jti, now);
  } catch {
    return false;
  }
}
