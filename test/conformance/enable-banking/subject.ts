import { randomUUID } from 'node:crypto';
import type { ProviderSubject } from '../provider-subject.ts';

/** Enable Banking's own words, for the suites that all providers share. */
export const subject: ProviderSubject = {
  operations: { redeemCode: 'authorize_session', readBalance: 'get_balances', initiate: 'create_payment' },
  wireStatuses: { settled: 'ACSC', rejected: 'RJCT' },
  callbacks: {
    declined: { error: 'access_denied' },
    unknownCode: { code: randomUUID() },
    approvedPayment: {},
  },
  impostor: { OPENBANKING_CLIENT_ID: 'demo-somebody-else' },
  refusedOrder: { creditorName: 'x'.repeat(200) },
  signedBesideBody: [],
  webhookProof: 'signature',
  absentBanks: [],
  redeemsCodes: true,
  tellsConsentEnds: true,
  tellsPaymentReasons: true,
  returnsEndToEndIds: true,
  returnsState: true,
  cancelsPayments: false,
};
