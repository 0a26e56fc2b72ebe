import type { RecordedFields } from '#outbound/recorded-fields.ts';

const refusal = ['code', 'error'];
const bank = ['aspsp.name', 'aspsp.country'];

/** What is kept of bodies: no name, account, amount, code or address; ids of payments, statuses and the bank. */
export const recorded: RecordedFields = {
  'enable-banking.list_aspsps': { response: refusal },
  'enable-banking.start_authorization': { request: [...bank, 'access.valid_until'], response: refusal },
  'enable-banking.authorize_session': { response: [...bank, 'access.valid_until', ...refusal] },
  'enable-banking.get_session': { response: ['status', 'access.valid_until', ...refusal] },
  'enable-banking.delete_session': { response: ['message', ...refusal] },
  'enable-banking.get_account_details': { response: refusal },
  'enable-banking.get_balances': { response: ['balances.balance_type', ...refusal] },
  'enable-banking.get_transactions': { response: refusal },
  'enable-banking.create_payment': {
    request: [...bank, 'payment_type'],
    response: ['payment_id', 'status', ...refusal],
  },
  'enable-banking.get_payment': {
    response: [
      ...['payment_id', 'status', 'final_status', 'status_reason_information.status_reason_code'],
      ...[...bank, ...refusal],
    ],
  },
};
