import type { KeyObject } from 'node:crypto';
import { jwtVerify } from 'jose';
import type { SingleUse } from './single-use.ts';
import { invalidRequest, type TokenFault } from './token.ts';

/** A client as registered at BankID, with one authentication method. */
export interface RegisteredClient {
  clientId: string;
  clientSecret: string;
  /** The public key of a client that authenticates with `private_key_jwt`; its secret is then not accepted. */
  clientKey?: { kid: string; publicKey: KeyObject };
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
 * Authenticates the client by `client_secret_basic` or `client_secret_post`; if a key is registered, by
 * `private_key_jwt` (RFC 7523) only.
 */
export async function judgeClient(
  request: ClientRequest,
  client: RegisteredClient,
  expectations: AssertionExpectations,
): Promise<TokenFault | undefined> {
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
  const isKnown = client.clientKey
    ? await isAssertionGood(form, { ...client, clientKey: client.clientKey }, expectations)
    : isSecretGood(request, client);
  return isKnown ? undefined : invalidClient;
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
  { clientId, clientKey }: Required<Pick<RegisteredClient, 'clientId' | 'clientKey'>>,
  { audiences, now, usedAssertions }: AssertionExpectations,
): Promise<boolean> {
  if (form.get('client_assertion_type') !== assertionType) return false;
  if (form.has('client_id') && form.get('client_id') !== clientId) return false;
  try {
    const { payload, protectedHeader } = await jwtVerify(
      form.get('client_assertion') ?? '',
      clientKey.publicKey,
      {
        algorithms: [clientKey.publicKey.asymmetricKeyType === 'rsa' ? 'RS256' : 'ES256'],
        issuer: clientId,
        subject: clientId,
        audience: audiences,
        currentDate: now,
        clockTolerance: toleranceSeconds,
        requiredClaims: ['exp', 'jti'],
      },
    );
    const { exp = 0, jti = '' } = payload;
    if (protectedHeader.kid !== clientKey.kid || [payload.aud].flat().length !== 1) return false;
    if (exp > now.getTime() / 1000 + lifetimeSecondsMax + toleranceSeconds) return false;
    return usedAssertions.use(jti, now);
  } catch {
    return false;
  }
}
