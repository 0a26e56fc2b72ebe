import { providerIntegration } from '#services/open-banking/integration.ts';
import { bankTimeoutMs } from './client.ts';
import { quarantineMs } from './payment-initiation.ts';

export const integration = providerIntegration({
  calls: { by: 'direct calls', why: 'The provider is made up.' },
  authentication: 'A bearer token.',
  rateLimits: 'None of its own.',
  leaving: 'Low: it exists in a test.',
  callMsMax: bankTimeoutMs,
  quarantineMs,
  dashboard: '`npx drop calls list --provider fjord-pay`',
});
