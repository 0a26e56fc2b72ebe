import type { RecordedFields } from '#outbound/recorded-fields.ts';

const refusal = ['tppMessages.category', 'tppMessages.code', 'code', 'status'];
const approval = ['scaStatus', ...refusal];
const payment = ['transactionStatus', 'fundsAvailable', ...approval];

/** What is kept of bodies: no name, account, amount, text or link; statuses, ids of payments and codes. */
export const recorded: RecordedFields = {
  'berlin-group.start_consent': {
    request: ['validUntil', 'frequencyPerDay', 'recurringIndicator'],
    response: ['consentStatus', ...approval],
  },
  'berlin-group.start_authorisation': { response: approval },
  'berlin-group.read_consent': { response: ['consentStatus', 'validUntil', ...refusal] },
  'berlin-group.end_consent': { response: refusal },
  'berlin-group.list_accounts': { response: refusal },
  'berlin-group.read_balances': {
    response: ['balances.balanceType', 'balances.creditLimitIncluded', ...refusal],
  },
  'berlin-group.read_transactions': { response: refusal },
  'berlin-group.create_payment': { response: ['paymentId', ...payment] },
  'berlin-group.read_payment': { response: payment },
  'berlin-group.read_payment_status': { response: payment },
  'berlin-group.read_sca_status': { response: approval },
  'berlin-group.cancel_payment': { response: payment },
};
