import { addressUnder } from '#domain/address.ts';
import { DropError } from '#domain/errors.ts';
import { judgeJson } from '#outbound/judge.ts';
import type { Outbound } from '#outbound/outbound.ts';
import { asBankFault, refusalError, verdictByStatus } from '#services/open-banking/faults.ts';
import type { OpenBankingCredentials } from '#services/open-banking/definition.ts';
import { tokenSchema } from './wire.ts';

const operation = 'neonomics.fetch_token';
const provider = 'neonomics';

/** Fetches an access token from the realm of the application (Keycloak; RFC 6749, 4.4). */
export async function fetchToken(options: {
  apiUrl: string;
  realm: string;
  outbound: Outbound;
  credentials: Pick<OpenBankingCredentials, 'clientId' | 'clientSecret'>;
}): Promise<{ access_token: string; expires_in: number }> {
  const { apiUrl, realm, outbound, credentials } = options;
  const form = {
    grant_type: 'client_credentials',
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret.reveal(),
  };
  const response = await outbound
    .send({
      operation,
      method: 'POST',
      url: addressUnder(apiUrl, `/auth/realms/${realm}/protocol/openid-connect/token`),
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
      judge: judgeJson,
      repeatable: true,
    })
    .catch((error: unknown) => {
      throw asBankFault(error);
    });
  const { status } = response;
  if (status < 200 || status > 299) {
    const { providerCode } = judgeJson(response);
    throw refusalError(response, { provider, operation, providerCode, verdict: verdictByStatus(status) });
  }
  const parsed = tokenSchema.safeParse(response.json());
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new DropError('provider_invalid_response', {
    message: `${operation}: not as documented: ${fields}`,
    outcome: 'unknown',
    provider,
    operation,
    httpStatus: status,
  });
}
