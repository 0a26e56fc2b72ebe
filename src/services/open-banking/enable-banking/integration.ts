import { providerIntegration } from '#services/open-banking/integration.ts';
import { bankTimeoutMs } from './client.ts';
import { quarantineMs } from './payment-initiation.ts';

export const integration = providerIntegration({
  calls: { by: 'direct calls', why: 'The provider publishes samples and no package for Node.' },
  authentication: 'A bearer token that Drop signs itself (RS256) with the private key of its application.',
  rateLimits: 'None of its own published.',
  leaving: 'Medium: customers consent anew, 180 days at the latest. Bank ids and account ids are its own.',
  callMsMax: bankTimeoutMs,
  quarantineMs,
  dashboard: "`npx drop calls list --provider enable-banking`, and the provider's control panel",
});
