import type { Integration } from '#services/integration.ts';

const none = 'None: nothing is called.';

export const integration: Integration = {
  status: 'mock',
  purpose: 'Test cards of customers for whom an operator has switched them on. Drop does not pay with them.',
  criticality: 'off',
  calls: {
    by: 'direct calls',
    why: 'There is a mock only, in the words and shapes of Stripe. The package is used by tests alone.',
  },
  authentication: none,
  retries: none,
  breaker: none,
  fallback: 'Cards are not shown while the flag `cards` is off, which production does not let anyone change.',
  rateLimits: 'None but those of customers (docs/limits.md).',
  leaving: 'Low: another issuer is a client for the same contract. Issuing in NOK needs a partner first.',
  alerts: [],
  metrics: [],
  dashboard: '`npx drop flags list`',
};
