import type { RecordedFields } from '#outbound/recorded-fields.ts';

const refusal = ['errorCode', 'type', 'source', 'id'];
const payment = ['paymentId', 'status', ...refusal];

/** No name, number, account, amount, token, session or address; ids of payments, statuses and the bank. */
export const recorded: RecordedFields = {
  'neonomics.fetch_token': { response: ['error'] },
  'neonomics.list_banks': { response: refusal },
  'neonomics.create_session': { request: ['bankId'], response: refusal },
  'neonomics.get_session': { response: ['bankId', ...refusal] },
  'neonomics.delete_session': { response: refusal },
  'neonomics.list_accounts': { response: ['errorCode', 'type', 'source'] },
  'neonomics.get_balances': { response: ['errorCode', 'source'] },
  'neonomics.get_consent': { response: refusal },
  'neonomics.create_payment': { response: payment },
  'neonomics.authorise_payment': { response: payment },
  'neonomics.complete_payment': { response: payment },
  'neonomics.cancel_payment': { response: payment },
  'neonomics.get_payment': { response: ['paymentId', 'status', 'errorCode', 'source'] },
};
