import { z } from 'zod';
import { credentialVariables, prefixOf } from '#services/open-banking/credentials.ts';
import type { ProviderDefinition } from '#services/open-banking/definition.ts';
import { serviceVariables } from '#services/services.ts';
import { auditVariables } from './variables/audit.ts';
import { dataEncryptionVariables } from './variables/data-encryption.ts';
import { dropVariables } from './variables/drop.ts';
import { nationalIdHashVariables } from './variables/national-id-hash.ts';
import { openBankingVariables } from './variables/open-banking.ts';
import { telemetryVariables } from './variables/telemetry.ts';

/** The core variables, in the order in which they are shown. Providers of open banking add their own. */
export const coreVariables = z.object({
  ...dropVariables,
  ...nationalIdHashVariables,
  ...dataEncryptionVariables,
  ...auditVariables,
  ...serviceVariables,
  ...openBankingVariables,
  ...telemetryVariables,
});

export type CoreVariables = z.output<typeof coreVariables>;

/** A provider's variables: those that it declares, and its credentials. */
export function providerVariables({ id, displayName, variables }: ProviderDefinition): z.ZodObject {
  return variables.extend(credentialVariables(prefixOf(id), displayName));
}

/** The core variables together with those of every open banking provider. */
export function allVariables(providers: readonly ProviderDefinition[]): z.ZodObject {
  return providers.reduce<z.ZodObject>(
    (all, provider) => all.extend(providerVariables(provider).shape),
    coreVariables,
  );
}
