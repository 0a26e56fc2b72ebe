import { DropError } from '#domain/errors.ts';
import type { ProviderSecrets, SecretState } from '#services/open-banking/secret-state.ts';
import type { ConsentKey, PendingConsent } from '#services/open-banking/service.ts';
import type { FjordPayApi } from './client.ts';
import { isTokenExpired } from './errors.ts';
import type { Tokens } from './wire.ts';

const kept = ({ access_token, refresh_token }: Tokens): ProviderSecrets => ({
  access: access_token,
  refresh: refresh_token,
});

/** Redeems the code, or the consent itself where the customer came back with none, unless it was redeemed before. */
export async function redeemOnce(
  api: FjordPayApi,
  { secrets, bankId }: PendingConsent,
  redeemed: { consent_id: string; code: string | undefined },
): Promise<void> {
  await secrets.change(async (latest) =>
    latest === undefined ? kept(await api.redeem(redeemed, bankId)) : undefined,
  );
}

/** Reads with the access token of the consent; one that has run out is renewed, by the refresh token, once. */
export async function withToken<Result>(
  api: FjordPayApi,
  { secrets, bankId }: ConsentKey,
  read: (accessToken: string) => Promise<Result>,
): Promise<Result> {
  const used = accessTokenOf(await secrets.read());
  try {
    return await read(used);
  } catch (error) {
    if (!isTokenExpired(error)) throw error;
    return read(await renewed(api, { secrets, bankId, used }));
  }
}

/** Another caller may have renewed it meanwhile. */
async function renewed(
  api: FjordPayApi,
  { secrets, bankId, used }: { secrets: SecretState; bankId: string; used: string },
): Promise<string> {
  const latest = await secrets.change(async (now) => {
    if (now?.['access'] !== used) return undefined;
    return kept(await api.redeem({ refresh_token: now['refresh'] }, bankId));
  });
  return accessTokenOf(latest);
}

/** Whether the consent has tokens: it was completed, and has not ended. */
export async function isTokenKept({ secrets }: Pick<ConsentKey, 'secrets'>): Promise<boolean> {
  return (await secrets.read())?.['access'] !== undefined;
}

function accessTokenOf(secrets: ProviderSecrets | undefined): string {
  const token = secrets?.['access'];
  if (token !== undefined) return token;
  throw new DropError('consent_ended', { message: 'no token is kept', outcome: 'not_sent' });
}
