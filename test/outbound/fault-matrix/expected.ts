import type { FaultName } from './faults.ts';

type Provider = 'bankid' | 'sumsub' | 'enable-banking' | 'slack';

/**
 * How an operation ends, what is then known of the request, and how many requests went out: the error's code or what
 * was got, `not_sent`, `refused` or `unknown`, and `×n`. A dash: the fault cannot be had there.
 */
type Ending = string;

/** One ending for all operations of a provider, or one for most and others for some. */
type Expectation = Ending | { all: Ending; [operation: string]: Ending };

/**
 * The table that the tests hold Drop to, in one file since it is one table: docs/fault-matrix.md is made of it. Where a
 * line is surprising the reason stands above it.
 */
const expected: Record<FaultName, Record<Provider, Expectation>> = {
  'connection refused': {
    bankid: 'sign_in_unavailable not_sent ×0 of 3',
    sumsub: 'kyc_unavailable not_sent ×0 of 3',
    'enable-banking': {
      all: 'bank_unavailable not_sent ×0 of 3',
      get_webhook_certificate: 'provider_unavailable not_sent ×0 of 3',
    },
    slack: 'to the log ×0 of 5',
  },
  'name not found': {
    bankid: 'sign_in_unavailable not_sent ×0 of 3',
    sumsub: 'kyc_unavailable not_sent ×0 of 3',
    'enable-banking': {
      all: 'bank_unavailable not_sent ×0 of 3',
      get_webhook_certificate: 'provider_unavailable not_sent ×0 of 3',
    },
    slack: 'to the log ×0 of 5',
  },
  'certificate that nobody vouches for': {
    bankid: 'sign_in_unavailable not_sent ×0 of 1',
    sumsub: 'kyc_unavailable not_sent ×0 of 1',
    'enable-banking': {
      all: 'bank_unavailable not_sent ×0 of 1',
      get_webhook_certificate: 'provider_unavailable not_sent ×0 of 1',
    },
    slack: 'to the log ×0 of 5',
  },
  'certificate of another host': {
    bankid: 'sign_in_unavailable not_sent ×0 of 1',
    sumsub: 'kyc_unavailable not_sent ×0 of 1',
    'enable-banking': {
      all: 'bank_unavailable not_sent ×0 of 1',
      get_webhook_certificate: 'provider_unavailable not_sent ×0 of 1',
    },
    slack: 'to the log ×0 of 5',
  },
  'reset before the headers': {
    bankid: {
      all: 'sign_in_unavailable unknown ×3',
      par: 'sign_in_unavailable unknown ×1',
      token: 'sign_in_unavailable unknown ×1',
    },
    sumsub: 'kyc_unavailable unknown ×3',
    'enable-banking': {
      all: 'bank_unavailable unknown ×3',
      authorize_session: 'bank_unavailable unknown ×1',
      create_payment: 'payment_outcome_unknown unknown ×1',
      get_webhook_certificate: 'provider_unavailable unknown ×3',
    },
    slack: 'to the log ×5',
  },
  'reset after the headers': {
    bankid: {
      all: 'sign_in_unavailable unknown ×3',
      par: 'sign_in_unavailable unknown ×1',
      token: 'sign_in_unavailable unknown ×1',
    },
    sumsub: 'kyc_unavailable unknown ×3',
    'enable-banking': {
      all: 'bank_unavailable unknown ×3',
      authorize_session: 'bank_unavailable unknown ×1',
      create_payment: 'payment_outcome_unknown unknown ×1',
      get_webhook_certificate: 'provider_unavailable unknown ×3',
    },
    slack: 'to the log ×5',
  },
  'reset in the middle of the body': {
    bankid: {
      all: 'sign_in_unavailable unknown ×3',
      par: 'sign_in_unavailable unknown ×1',
      token: 'sign_in_unavailable unknown ×1',
    },
    sumsub: 'kyc_unavailable unknown ×3',
    'enable-banking': {
      all: 'bank_unavailable unknown ×3',
      authorize_session: 'bank_unavailable unknown ×1',
      create_payment: 'payment_outcome_unknown unknown ×1',
      get_webhook_certificate: 'provider_unavailable unknown ×3',
    },
    slack: 'to the log ×5',
  },
  'no answer': {
    bankid: 'sign_in_unavailable unknown ×1',
    sumsub: 'kyc_unavailable unknown ×1',
    'enable-banking': {
      all: 'bank_unavailable unknown ×1',
      create_payment: 'payment_outcome_unknown unknown ×1',
      get_webhook_certificate: 'provider_timeout unknown ×1',
    },
    slack: 'to the log ×5',
  },
  'slow headers': {
    bankid: 'sign_in_unavailable unknown ×1',
    sumsub: 'kyc_unavailable unknown ×1',
    'enable-banking': {
      all: 'bank_unavailable unknown ×1',
      create_payment: 'payment_outcome_unknown unknown ×1',
      get_webhook_certificate: 'provider_timeout unknown ×1',
    },
    slack: 'to the log ×5',
  },
  'slow body': {
    bankid: 'sign_in_unavailable unknown ×1',
    sumsub: 'kyc_unavailable unknown ×1',
    'enable-banking': {
      all: 'bank_unavailable unknown ×1',
      create_payment: 'payment_outcome_unknown unknown ×1',
      get_webhook_certificate: 'provider_timeout unknown ×1',
    },
    slack: 'to the log ×5',
  },
  'body without end': {
    bankid: {
      all: 'sign_in_unavailable unknown ×1',
      token: 'sign_in_code_exchange_failed refused ×1',
      userinfo: 'sign_in_code_exchange_failed refused ×1',
    },
    sumsub: 'kyc_unavailable unknown ×1',
    'enable-banking': {
      all: 'provider_invalid_response unknown ×1',
      create_payment: 'payment_outcome_unknown unknown ×1',
    },
    slack: 'to the log ×1',
  },
  'body of 100 MB': {
    bankid: {
      all: 'sign_in_unavailable unknown ×1',
      token: 'sign_in_code_exchange_failed refused ×1',
      userinfo: 'sign_in_code_exchange_failed refused ×1',
    },
    sumsub: 'kyc_unavailable unknown ×1',
    'enable-banking': {
      all: 'provider_invalid_response unknown ×1',
      create_payment: 'payment_outcome_unknown unknown ×1',
    },
    slack: 'to the log ×1',
  },
  'gzip bomb': {
    bankid: {
      all: 'sign_in_unavailable unknown ×1',
      token: 'sign_in_code_exchange_failed refused ×1',
      userinfo: 'sign_in_code_exchange_failed refused ×1',
    },
    sumsub: 'kyc_unavailable unknown ×1',
    'enable-banking': {
      all: 'provider_invalid_response unknown ×1',
      create_payment: 'payment_outcome_unknown unknown ×1',
    },
    slack: 'to the log ×1',
  },
  '200 with HTML': {
    bankid: {
      all: 'sign_in_unavailable ×1',
      par: 'sign_in_unavailable refused ×1',
      token: 'sign_in_code_exchange_failed refused ×1',
      userinfo: 'sign_in_code_exchange_failed refused ×1',
    },
    sumsub: 'kyc_unavailable unknown ×1',
    'enable-banking': {
      all: 'provider_invalid_response unknown ×1',
      create_payment: 'payment_outcome_unknown unknown ×1',
      get_webhook_certificate: 'no key ×1',
    },
    slack: 'to the log ×1',
  },
  '200 with an error inside': {
    bankid: {
      all: 'sign_in_unavailable ×1',
      token: 'sign_in_code_exchange_failed refused ×1',
      userinfo: 'sign_in_code_exchange_failed refused ×1',
    },
    sumsub: 'kyc_unavailable unknown ×1',
    'enable-banking': {
      all: 'provider_invalid_response unknown ×1',
      get_session: 'session unknown ×1',
      create_payment: 'payment_outcome_unknown unknown ×1',
      get_webhook_certificate: 'no key ×1',
    },
    slack: 'to the log ×1',
  },
  'status 204': {
    bankid: {
      all: 'sign_in_unavailable ×1',
      par: 'sign_in_unavailable refused ×1',
      token: 'sign_in_code_exchange_failed refused ×1',
      userinfo: 'sign_in_code_exchange_failed refused ×1',
    },
    sumsub: 'kyc_unavailable unknown ×1',
    'enable-banking': {
      all: 'provider_invalid_response unknown ×1',
      delete_session: 'revoked ×1',
      create_payment: 'payment_outcome_unknown unknown ×1',
      get_webhook_certificate: 'no key ×1',
    },
    slack: 'to the log ×1',
  },
  // A redirection may come after the order was taken as well as before, and so may a conflict.
  '301 to itself': {
    bankid: {
      all: 'sign_in_unavailable ×1',
      par: 'sign_in_unavailable refused ×1',
      token: 'sign_in_code_exchange_failed refused ×1',
      userinfo: 'sign_in_code_exchange_failed refused ×1',
    },
    sumsub: 'kyc_unavailable unknown ×1',
    'enable-banking': {
      all: 'bank_unavailable unknown ×1',
      create_payment: 'payment_outcome_unknown unknown ×1',
      get_webhook_certificate: 'no key ×1',
    },
    slack: 'to the log ×1',
  },
  'status 400': {
    bankid: {
      all: 'sign_in_unavailable ×1',
      par: 'sign_in_unavailable refused ×1',
      token: 'sign_in_code_exchange_failed refused ×1',
      userinfo: 'sign_in_code_exchange_failed refused ×1',
    },
    sumsub: 'kyc_conflict refused ×1',
    'enable-banking': { all: 'provider_refused refused ×1', get_webhook_certificate: 'no key ×1' },
    slack: 'to the log ×1',
  },
  'status 401': {
    bankid: {
      all: 'sign_in_unavailable ×1',
      par: 'sign_in_unavailable refused ×1',
      token: 'sign_in_code_exchange_failed refused ×1',
      userinfo: 'sign_in_code_exchange_failed refused ×1',
    },
    sumsub: 'kyc_unavailable refused ×1',
    'enable-banking': {
      all: 'provider_rejected_credentials refused ×1',
      get_webhook_certificate: 'no key ×1',
    },
    slack: 'to the log ×1',
  },
  'status 403': {
    bankid: {
      all: 'sign_in_unavailable ×1',
      par: 'sign_in_unavailable refused ×1',
      token: 'sign_in_code_exchange_failed refused ×1',
      userinfo: 'sign_in_code_exchange_failed refused ×1',
    },
    sumsub: 'kyc_unavailable refused ×1',
    'enable-banking': {
      all: 'provider_rejected_credentials refused ×1',
      get_webhook_certificate: 'no key ×1',
    },
    slack: 'to the log ×1',
  },
  'status 404': {
    bankid: {
      all: 'sign_in_unavailable ×1',
      par: 'sign_in_unavailable refused ×1',
      token: 'sign_in_code_exchange_failed refused ×1',
      userinfo: 'sign_in_code_exchange_failed refused ×1',
    },
    sumsub: 'kyc_conflict refused ×1',
    'enable-banking': { all: 'provider_refused refused ×1', get_webhook_certificate: 'no key ×1' },
    slack: 'to the log ×1',
  },
  'status 409': {
    bankid: {
      all: 'sign_in_unavailable ×1',
      par: 'sign_in_unavailable refused ×1',
      token: 'sign_in_code_exchange_failed refused ×1',
      userinfo: 'sign_in_code_exchange_failed refused ×1',
    },
    sumsub: { all: 'kyc_conflict refused ×1', create_applicant: 'applicant a-1 ×1' },
    'enable-banking': {
      all: 'bank_unavailable unknown ×1',
      create_payment: 'payment_outcome_unknown unknown ×1',
      get_webhook_certificate: 'no key ×1',
    },
    slack: 'to the log ×1',
  },
  'status 422': {
    bankid: {
      all: 'sign_in_unavailable ×1',
      par: 'sign_in_unavailable refused ×1',
      token: 'sign_in_code_exchange_failed refused ×1',
      userinfo: 'sign_in_code_exchange_failed refused ×1',
    },
    sumsub: 'kyc_conflict refused ×1',
    'enable-banking': { all: 'provider_refused refused ×1', get_webhook_certificate: 'no key ×1' },
    slack: 'to the log ×1',
  },
  'status 429': {
    bankid: 'sign_in_unavailable ×1',
    sumsub: 'kyc_unavailable refused ×1',
    'enable-banking': {
      all: 'provider_rate_limited refused ×1',
      get_webhook_certificate: 'provider_unavailable ×1',
    },
    slack: 'to the log ×5',
  },
  'status 429, Retry-After in seconds': {
    bankid: { all: 'sign_in_unavailable ×3', par: 'sign_in_unavailable ×1', token: 'sign_in_unavailable ×1' },
    sumsub: 'kyc_unavailable refused ×3',
    'enable-banking': {
      all: 'provider_rate_limited refused ×3',
      authorize_session: 'provider_rate_limited refused ×1',
      create_payment: 'provider_rate_limited refused ×1',
      get_webhook_certificate: 'provider_unavailable ×3',
    },
    slack: 'to the log ×5',
  },
  'status 429, Retry-After as a date': {
    bankid: { all: 'sign_in_unavailable ×3', par: 'sign_in_unavailable ×1', token: 'sign_in_unavailable ×1' },
    sumsub: 'kyc_unavailable refused ×3',
    'enable-banking': {
      all: 'provider_rate_limited refused ×3',
      authorize_session: 'provider_rate_limited refused ×1',
      create_payment: 'provider_rate_limited refused ×1',
      get_webhook_certificate: 'provider_unavailable ×3',
    },
    slack: 'to the log ×5',
  },
  'status 500': {
    bankid: 'sign_in_unavailable ×1',
    sumsub: 'kyc_unavailable unknown ×1',
    'enable-banking': {
      all: 'bank_unavailable unknown ×1',
      create_payment: 'payment_outcome_unknown unknown ×1',
      get_webhook_certificate: 'provider_unavailable ×1',
    },
    slack: 'to the log ×5',
  },
  'status 502': {
    bankid: { all: 'sign_in_unavailable ×3', par: 'sign_in_unavailable ×1', token: 'sign_in_unavailable ×1' },
    sumsub: 'kyc_unavailable unknown ×3',
    'enable-banking': {
      all: 'bank_unavailable unknown ×3',
      authorize_session: 'bank_unavailable unknown ×1',
      create_payment: 'payment_outcome_unknown unknown ×1',
      get_webhook_certificate: 'provider_unavailable ×3',
    },
    slack: 'to the log ×5',
  },
  'status 503': {
    bankid: { all: 'sign_in_unavailable ×3', par: 'sign_in_unavailable ×1', token: 'sign_in_unavailable ×1' },
    sumsub: 'kyc_unavailable unknown ×3',
    'enable-banking': {
      all: 'bank_unavailable unknown ×3',
      authorize_session: 'bank_unavailable unknown ×1',
      create_payment: 'payment_outcome_unknown unknown ×1',
      get_webhook_certificate: 'provider_unavailable ×3',
    },
    slack: 'to the log ×5',
  },
  'malformed JSON': {
    bankid: {
      all: 'sign_in_unavailable ×1',
      token: 'sign_in_code_exchange_failed refused ×1',
      userinfo: 'sign_in_code_exchange_failed refused ×1',
    },
    sumsub: 'kyc_unavailable unknown ×1',
    'enable-banking': {
      all: 'provider_invalid_response unknown ×1',
      create_payment: 'payment_outcome_unknown unknown ×1',
      get_webhook_certificate: '—',
    },
    slack: '—',
  },
  'truncated JSON': {
    bankid: {
      all: 'sign_in_unavailable ×1',
      token: 'sign_in_code_exchange_failed refused ×1',
      userinfo: 'sign_in_code_exchange_failed refused ×1',
    },
    sumsub: 'kyc_unavailable unknown ×1',
    'enable-banking': {
      all: 'provider_invalid_response unknown ×1',
      create_payment: 'payment_outcome_unknown unknown ×1',
      get_webhook_certificate: '—',
    },
    slack: '—',
  },
  'JSON of another form': {
    bankid: {
      all: 'sign_in_unavailable ×1',
      token: 'sign_in_code_exchange_failed refused ×1',
      userinfo: 'sign_in_token_invalid ×1',
    },
    sumsub: { all: 'kyc_unavailable unknown ×1', required_documents: 'no check passed ×1' },
    'enable-banking': {
      all: 'provider_invalid_response unknown ×1',
      get_session: 'session unknown ×1',
      create_payment: 'payment_outcome_unknown unknown ×1',
      get_webhook_certificate: '—',
    },
    slack: '—',
  },
  'member named twice': {
    bankid: {
      all: 'sign_in_unavailable ×1',
      token: 'sign_in_code_exchange_failed refused ×1',
      userinfo: 'sign_in_code_exchange_failed refused ×1',
    },
    sumsub: 'kyc_unavailable unknown ×1',
    'enable-banking': {
      all: 'provider_invalid_response unknown ×1',
      create_payment: 'payment_outcome_unknown unknown ×1',
      get_webhook_certificate: '—',
    },
    slack: '—',
  },
  'word that is not known': {
    bankid: { all: '—', discovery: 'metadata ×1', jwks: '1 key ×1' },
    sumsub: { all: '—', applicant_status: 'review unknown ×1', required_documents: 'no check passed ×1' },
    'enable-banking': {
      all: '—',
      list_aspsps: '1 bank ×1',
      get_session: 'session unknown ×1',
      get_balances: '1 balance ×1',
      create_payment: 'payment awaiting_authorisation ×1',
      get_payment: 'payment unknown ×1',
    },
    slack: 'to the log ×1',
  },
};

/** What is expected of the operation with this name, e.g. `sumsub.access_token`. */
export function expectedEnding(fault: FaultName, name: string): Ending {
  const [provider = '', operation = ''] = name.split('.');
  const expectation = expected[fault][provider as Provider];
  return typeof expectation === 'string' ? expectation : (expectation[operation] ?? expectation.all);
}
