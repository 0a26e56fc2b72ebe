import type { ConsentKey, PendingConsent } from '#services/open-banking/service.ts';
import type { BankConnection } from '#store/bank-connections.ts';
import type { UseCaseContext } from '../context.ts';
import { secretStateOf } from './secret-state.ts';

/** What a provider is given to reach a granted consent by. */
export function consentKeyOf(
  context: UseCaseContext,
  consent: { connectionId: string; reference: string; bankId: string },
): ConsentKey {
  const { connectionId, reference, bankId } = consent;
  return { reference, bankId, secrets: secretStateOf(context, { kind: 'consent', id: connectionId }) };
}

/** What a provider is given to complete a consent by. */
export function pendingConsentOf(
  context: UseCaseContext,
  { id, provider, consentReference, bankId }: BankConnection,
  state: string | undefined,
): PendingConsent {
  return {
    reference: consentReference,
    bankId,
    state,
    redirectUri: context.bankCallbackUrlAt(provider),
    secrets: secretStateOf(context, { kind: 'consent', id }),
  };
}
