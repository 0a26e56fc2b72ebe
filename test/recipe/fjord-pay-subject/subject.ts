import type { ProviderSubject } from '../../conformance/provider-subject.ts';

/** Fjord Pay's own words, for the suites that all providers share. */
export const subject: ProviderSubject = {
  operations: { redeemCode: 'redeem', readBalance: 'read_balance', initiate: 'create_payment' },
  wireStatuses: { settled: 'done', rejected: 'declined' },
  callbacks: {
    declined: { outcome: 'declined' },
    unknownCode: { outcome: 'approved', code: 'never-given' },
    approvedPayment: {},
  },
  impostor: { OPENBANKING_CLIENT_ID: 'another-application' },
  refusedOrder: { creditorName: 'x'.repeat(200) },
  signedBesideBody: ['method', 'path'],
  webhookProof: 'signature',
  absentBanks: [],
  redeemsCodes: true,
  tellsConsentEnds: true,
  tellsPaymentReasons: true,
  returnsEndToEndIds: true,
  returnsState: false,
  cancelsPayments: true,
  documentedFields: {},
};
