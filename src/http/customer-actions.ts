/** A request of a customer that costs a call to a provider, a row, or much of the processor. */
export interface CustomerAction {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** The path as the router declares it. */
  path: string;
  /** For one customer, on average and at once, in each process. */
  perMinute: number;
  /** The same for requests that repeat an `Idempotency-Key`; without it, they count like the others. */
  repeatsPerMinute?: number;
  /** Whether a bank sends the customer there, so that another website must be able to. */
  isReachedByRedirect?: boolean;
}

/**
 * Every such request; docs/limits.md describes them. The limits are far above what a person does by hand and what the
 * web app asks for by itself, also in several tabs. What costs nothing but a read is in `customerReadings`; signing out
 * is in neither, since it must always be possible.
 */
export const customerActions: readonly CustomerAction[] = [
  { method: 'GET', path: '/api/banks', perMinute: 60 },
  { method: 'POST', path: '/api/bank-connections', perMinute: 30 },
  { method: 'POST', path: '/api/bank-connections/:id/check', perMinute: 60 },
  { method: 'DELETE', path: '/api/bank-connections/:id', perMinute: 20 },
  { method: 'GET', path: '/api/openbanking/callback', perMinute: 30, isReachedByRedirect: true },
  { method: 'POST', path: '/api/accounts/:id/refresh', perMinute: 30 },
  // A search examines up to 10,000 payments.
  { method: 'GET', path: '/api/payments', perMinute: 120 },
  { method: 'POST', path: '/api/payments', perMinute: 30, repeatsPerMinute: 60 },
  { method: 'POST', path: '/api/payments/:id/cancel', perMinute: 20 },
  { method: 'POST', path: '/api/payments/:id/dismiss', perMinute: 20 },
  // To write a PDF takes as much of the processor as some ten other requests.
  { method: 'GET', path: '/api/payments/:id/confirmation.pdf', perMinute: 30 },
  { method: 'GET', path: '/api/payments/:id/receipt.pdf', perMinute: 30 },
  // A statement reads up to a year of payments.
  { method: 'GET', path: '/api/payment-statement.csv', perMinute: 10 },
  { method: 'GET', path: '/api/payment-statement.pdf', perMinute: 10 },
  // The web app keeps what is typed about once a second.
  { method: 'PUT', path: '/api/payment-draft', perMinute: 120 },
  { method: 'DELETE', path: '/api/payment-draft', perMinute: 30 },
  { method: 'POST', path: '/api/creditors', perMinute: 60 },
  { method: 'PUT', path: '/api/creditors/:id', perMinute: 60 },
  { method: 'DELETE', path: '/api/creditors/:id', perMinute: 60 },
  { method: 'POST', path: '/api/cards', perMinute: 20 },
  { method: 'PUT', path: '/api/cards/:id', perMinute: 60 },
  { method: 'POST', path: '/api/cards/:id/cancel', perMinute: 20 },
  { method: 'POST', path: '/api/cards/:id/replacement', perMinute: 20 },
  { method: 'POST', path: '/api/cards/:id/test-purchases', perMinute: 60 },
  { method: 'POST', path: '/api/notifications/read', perMinute: 60 },
  // Each may send a mail; how many in an hour is limited besides.
  { method: 'PUT', path: '/api/email-address', perMinute: 20 },
  { method: 'POST', path: '/api/email-address/resend', perMinute: 20 },
  { method: 'DELETE', path: '/api/email-address', perMinute: 20 },
  { method: 'POST', path: '/api/email-address/decline', perMinute: 20 },
  { method: 'POST', path: '/api/email-address/verification', perMinute: 20 },
  { method: 'PUT', path: '/api/settings', perMinute: 60 },
  // To make a copy takes a second of the processor; how many in a day is limited besides.
  { method: 'POST', path: '/api/data-copy', perMinute: 10 },
  { method: 'GET', path: '/api/data-copy/download', perMinute: 30 },
  { method: 'POST', path: '/api/account-closure', perMinute: 10 },
  // Each token takes two calls to Sumsub, which allows 50 POST calls in 5 s for all customers together.
  { method: 'GET', path: '/api/kyc/initiate', perMinute: 10 },
  { method: 'GET', path: '/api/kyc/status', perMinute: 120 },
  { method: 'GET', path: '/api/events', perMinute: 60 },
];

/** Readings that cost a query or two. All of them count together, against `readingsPerMinute`. */
export const customerReadings: readonly string[] = [
  '/api/me',
  '/api/devices',
  '/api/bank-connections',
  '/api/bank-connections/:id',
  '/api/accounts',
  '/api/consents',
  '/api/payments/:id',
  '/api/payment-draft',
  '/api/creditors',
  '/api/cards',
  '/api/cards/:id',
  '/api/notifications',
  '/api/email-address',
  '/api/settings',
  '/api/data-copy',
  '/api/account-closure',
];

/** For one customer, on average and at once, in each process. */
export const readingsPerMinute = 600;

/** How many streams of changes one customer may have open at once, in each process. */
export const openStreamsMax = 12;
