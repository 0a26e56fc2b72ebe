import { credentialVariables, familyPrefix } from '#services/open-banking/credentials.ts';
import { text } from './shapes.ts';
import { variablesOf } from './variable.ts';

const group = 'Open banking';

/** The provider for new consents, and its credentials. Every provider also has its own, under a prefix of its own. */
export const openBankingVariables = {
  OPENBANKING_PROVIDER: variablesOf(group)(
    {
      description: 'provider for new consents; default: the first of src/services/open-banking/providers.ts',
    },
    text.optional(),
  ),
  ...credentialVariables(familyPrefix, group),
};
