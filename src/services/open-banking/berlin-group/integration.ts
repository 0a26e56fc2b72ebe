import { providerIntegration } from '#services/open-banking/integration.ts';
import { bankTimeoutMs } from './bank-calls.ts';
import { quarantineMs } from './payment-initiation.ts';

export const integration = providerIntegration({
  calls: { by: 'direct calls', why: 'Banks publish specifications; what differs between them is data here.' },
  authentication:
    'A client certificate (QWAC) on each connection, and a signature of each request with the seal (QSEAL).',
  rateLimits: '429 `ACCESS_EXCEEDED` from a bank.',
  leaving: 'High on the way in: a licence and certificates of our own. None on the way out but new consents.',
  callMsMax: bankTimeoutMs,
  quarantineMs,
  dashboard: "`npx drop calls list --provider berlin-group`, and each bank's developer portal",
});
