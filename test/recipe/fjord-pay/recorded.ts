import type { RecordedFields } from '#outbound/recorded-fields.ts';

const refusal = ['error'];
const consent = ['consent_id', 'status', 'bank_id', ...refusal];
const payment = ['payment_id', 'status', 'reason_code', ...refusal];

/** No name, number, amount, token or address; ids, statuses and the bank. */
export const recorded: RecordedFields = {
  'fjord-pay.list_banks': { response: refusal },
  'fjord-pay.start_consent': { request: ['bank_id', 'valid_until'], response: ['consent_id', ...refusal] },
  'fjord-pay.redeem': { response: refusal },
  'fjord-pay.read_consent': { response: consent },
  'fjord-pay.end_consent': { response: consent },
  'fjord-pay.read_balance': { response: refusal },
  'fjord-pay.read_transactions': { response: refusal },
  'fjord-pay.create_payment': { request: ['bank_id'], response: payment },
  'fjord-pay.read_payment': { response: payment },
  'fjord-pay.continue_payment': { response: payment },
  'fjord-pay.cancel_payment': { response: payment },
};
