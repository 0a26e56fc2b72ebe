import { providerIntegration } from '#services/open-banking/integration.ts';
import { bankTimeoutMs } from './client.ts';
import { quarantineMs } from './payment-initiation.ts';

export const integration = providerIntegration({
  calls: { by: 'direct calls', why: 'The provider publishes no package for Node.' },
  authentication: 'OAuth client credentials at the realm of the application.',
  rateLimits: 'None of its own published.',
  leaving:
    'Medium: customers consent anew, 90 days at the latest. Sessions belong to a device id of its own.',
  callMsMax: bankTimeoutMs,
  quarantineMs,
  dashboard: "`npx drop calls list --provider neonomics`, and the provider's developer portal",
});
