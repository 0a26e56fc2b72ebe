import { randomUUID } from 'node:crypto';
import type { ProviderSubject } from '../provider-subject.ts';

/** Neonomics' own words, for the suites that all providers share. */
export const subject: ProviderSubject = {
  operations: { redeemCode: 'list_accounts', readBalance: 'get_balances', initiate: 'create_payment' },
  wireStatuses: { settled: 'ACSC', rejected: 'RJCT' },
  callbacks: {
    declined: { result: 'FAILED' },
    unknownCode: { resource_id: randomUUID(), result: 'OK' },
    approvedPayment: { result: 'OK' },
  },
  impostor: { OPENBANKING_CLIENT_SECRET: 'another-secret' },
  refusedOrder: { creditorName: 'x'.repeat(200) },
  signedBesideBody: [],
  webhookProof: 'shared_key',
  absentBanks: [],
  redeemsCodes: false,
  tellsConsentEnds: false,
  tellsPaymentReasons: false,
  returnsEndToEndIds: false,
  returnsState: false,
  cancelsPayments: false,
  documentedFields: {
    fetch_token: [
      ...['not-before-policy', 'refresh_expires_in', 'refresh_token', 'scope', 'session_state', 'token_type'],
    ],
    list_banks: ['bankingGroupName', 'bankOfficialName'],
    get_consent: ['links.type', 'message'],
    refusal: ['links.type', 'message', 'source', 'timestamp', 'type'],
  },
};
