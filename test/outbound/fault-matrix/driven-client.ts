import { systemEntropy } from '#domain/entropy.ts';
import { Secret } from '#domain/secret.ts';
import type { ProviderDefinition } from '#services/open-banking/definition.ts';
import type { AccountInformation, PaymentInitiation } from '#services/open-banking/service.ts';
import { capability } from '../../conformance/open-banking-subjects.ts';
import type { Drive } from './operation.ts';

/** Both capabilities of a provider's production client, as the definition makes it, with what a drive gives it. */
export interface DrivenClient {
  ais(drive: Drive): AccountInformation;
  pis(drive: Drive): PaymentInitiation;
}

/** @param environmentAt the variables at an address; the client's id and secret as `OPENBANKING_…`, if they matter. */
export function drivenClient(
  definition: ProviderDefinition,
  environmentAt: (origin: string) => Readonly<Record<string, string>>,
): DrivenClient {
  const client = ({ outbound, origin, clock }: Drive) => {
    const environment = environmentAt(origin);
    return definition.createClient(definition.variables.parse(environment), {
      clock,
      webhookUrl: 'https://drop.example/webhook',
      entropy: systemEntropy,
      createOutbound: () => outbound,
      log: () => undefined,
      credentials: {
        clientId: environment['OPENBANKING_CLIENT_ID'] ?? 'client',
        clientSecret: new Secret(environment['OPENBANKING_CLIENT_SECRET'] ?? 'secret'),
        callbackUrl: 'https://drop.example/callback',
        webhookSecrets: [],
        tls: undefined,
      },
    });
  };
  return {
    ais: (drive) => capability(client(drive).ais),
    pis: (drive) => capability(client(drive).pis),
  };
}
