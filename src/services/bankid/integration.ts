import { durationText, guardedAlerts, guardedMetrics, guardedTexts } from '#services/guarded-texts.ts';
import type { Integration } from '#services/integration.ts';
import { timeoutMs } from './token.ts';

export const integration: Integration = {
  status: 'production',
  purpose: 'Norwegian eID: the only way to sign in, and the strong customer authentication of PSD2.',
  criticality: 'critical',
  calls: {
    by: 'package',
    why:
      '`openid-client` begins sign-ins and `jose` verifies tokens, both well kept. Drop sends the code ' +
      'itself, so that a lost answer is told apart from a refusal ' +
      '([0020](decisions/0020-drop-verifies-tokens-with-jose.md)).',
  },
  authentication: '`private_key_jwt`, or the client secret as basic or post.',
  retries:
    `${guardedTexts.retries} The exchange of a code, within ${durationText(timeoutMs)}, only if no connection was ` +
    'made.',
  breaker: `${guardedTexts.breaker} Keys and metadata have a breaker of their own.`,
  fallback:
    'None: customers cannot sign in, and the page says so (503). Open sessions go on. Known signing keys keep ' +
    'serving for a while.',
  rateLimits: `None published. ${guardedTexts.limits}`,
  leaving:
    'Low between brokers: `BANKID_PRESET` and the addresses. Customers are recognised by the national identity ' +
    'number, which every broker of BankID gives. To another eID: high, since customers would be verified anew.',
  alerts: [...guardedAlerts, 'identity_conflict', 'national_number_changed'],
  metrics: guardedMetrics,
  dashboard: '`npx drop calls list --provider bankid`',
};
