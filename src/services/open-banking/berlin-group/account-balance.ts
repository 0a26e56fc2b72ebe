import { DropError, isDropError, type ErrorCode } from '#domain/errors.ts';
import type { Access, AccountKey, Balance, ConsentReading } from '#services/open-banking/service.ts';
import type { BerlinGroupApi } from './client.ts';
import { chooseBalance } from './balances.ts';
import { readReference } from './links.ts';
import { assertAccount } from './named-resource.ts';
import { presenceHeaders } from './psu.ts';

interface Dependencies {
  api: BerlinGroupApi;
  /** The account's consent. */
  readConsent(): Promise<ConsentReading>;
}

export async function readBalance(
  { reference, consent, accountNumber }: AccountKey,
  access: Access,
  { api, readConsent }: Dependencies,
): Promise<Balance> {
  const secrets = await consent.secrets.read();
  const link = secrets?.[`balances:${reference}`];
  const named = readReference(consent.reference);
  if (link === undefined || named === undefined)
    throw notSent('account_unknown', 'the consent does not have this account');
  const bank = api.banks.find(named.bankId);
  const { account, balances } = await api
    .readBalances({ bank, link }, { bank, consentId: named.name }, presenceHeaders(access))
    .catch(async (error: unknown) => {
      throw await explained(error, readConsent);
    });
  assertAccount(accountNumber, account);
  const balance = chooseBalance(balances, secrets?.[`currency:${reference}`]);
  if (balance !== undefined) return balance;
  throw new DropError('bank_unavailable', {
    message: 'the bank reported no balance',
    outcome: 'refused',
    provider: 'berlin-group',
  });
}

const codes = { expired: 'consent_expired', revoked: 'consent_revoked' } as const;

/** A bank that calls a consent invalid does not say why; the consent does. */
async function explained(error: unknown, readConsent: () => Promise<ConsentReading>): Promise<unknown> {
  if (!isDropError(error, 'consent_ended')) return error;
  const reading = await readConsent().catch(() => undefined);
  const cause = reading?.kind === 'ended' ? reading.cause : undefined;
  if (cause !== 'expired' && cause !== 'revoked') return error;
  return new DropError(codes[cause], { message: error.message, cause: error, ...error.details });
}

function notSent(code: ErrorCode, message: string): DropError {
  return new DropError(code, { message, outcome: 'not_sent', provider: 'berlin-group' });
}
