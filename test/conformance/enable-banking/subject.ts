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
  documentedFields: {
    list_aspsps: [
      ...['auth_methods', 'beta', 'group', 'logo', 'psu_types', 'sandbox'].map((name) => `aspsps.${name}`),
      ...[
        ...['max_transactions', 'priority_codes', 'charge_bearer_values', 'creditor_country_required'],
        ...['creditor_name_required', 'creditor_postal_address_required', 'remittance_information_required'],
        ...['debtor_currency_required', 'debtor_contact_email_required', 'debtor_contact_phone_required'],
        ...['creditor_agent_bic_fi_required', 'creditor_agent_clearing_system_member_id_required'],
        ...['allowed_auth_methods', 'regulatory_reporting_codes', 'regulatory_reporting_code_required'],
        ...['requested_execution_date_supported', 'requested_execution_date_max_period'],
        ...['remittance_reference_supported', 'remittance_information_lines.min_length'],
      ].map((name) => `aspsps.payments.${name}`),
    ],
    start_authorization: ['authorization_id', 'psu_id_hash'],
    create_payment: ['psu_id_hash'],
    refusal: ['code', 'message', 'detail'],
  },
};
