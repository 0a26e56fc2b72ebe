import { randomUUID } from 'node:crypto';
import { systemClock } from '#domain/clock.ts';
import { createSealKeys } from '#services/open-banking/berlin-group/emulator/keys.ts';
import type { ProviderSubject } from '../provider-subject.ts';

/** The seal of another company, which no bank of the sandbox knows. */
const stranger = await createSealKeys(systemClock.now(), 'PSDNO-FSA-STRANGER');

/** What every answer may have after which the customer approves (OpenAPI 1.3.11). */
const approval = ['scaMethods', 'chosenScaMethod', 'challengeData', 'tppMessages'];

/** The words of the Berlin Group's banks, for the suites that all providers share. */
export const subject: ProviderSubject = {
  operations: { redeemCode: 'read_consent', readBalance: 'read_balances', initiate: 'create_payment' },
  wireStatuses: { settled: 'ACSC', rejected: 'RJCT' },
  callbacks: {
    declined: { outcome: 'declined' },
    unknownCode: { code: randomUUID() },
    approvedPayment: {},
  },
  impostor: {
    OPENBANKING_CLIENT_ID: stranger.clientId,
    OPENBANKING_CLIENT_SECRET: stranger.privateKeyPem,
    BERLIN_GROUP_SEAL_CERTIFICATE: stranger.certificatePem,
  },
  refusedOrder: { creditorName: 'x'.repeat(200) },
  absentBanks: ['Nordea'],
  signedBesideBody: [],
  webhookProof: 'none',
  redeemsCodes: false,
  tellsConsentEnds: true,
  tellsPaymentReasons: false,
  returnsEndToEndIds: true,
  returnsState: true,
  cancelsPayments: true,
  documentedFields: {
    start_consent: approval,
    start_authorisation: [...approval, 'authorisationId'],
    create_payment: [
      ...[...approval, 'transactionFees', 'currencyConversionFee', 'estimatedTotalAmount'],
      ...['estimatedInterbankSettlementAmount', 'transactionFeeIndicator'],
    ],
    refusal: [
      ...['tppMessages.path', 'tppMessages.text', '_links', 'type', 'title', 'status', 'detail', 'instance'],
      'additionalErrors',
    ],
  },
};
