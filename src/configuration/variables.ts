import { z } from 'zod';
import { bankIdVariables } from './variables/bankid.ts';
import { dataEncryptionVariables } from './variables/data-encryption.ts';
import { dropVariables } from './variables/drop.ts';
import { nationalIdHashVariables } from './variables/national-id-hash.ts';
import { openBankingVariables } from './variables/open-banking.ts';
import { slackVariables } from './variables/slack.ts';
import { sumsubVariables } from './variables/sumsub.ts';
import { telemetryVariables } from './variables/telemetry.ts';

/** The core variables, in the order in which they are shown. Providers of open banking add their own. */
export const coreVariables = z.object({
  ...dropVariables,
  ...bankIdVariables,
  ...nationalIdHashVariables,
  ...dataEncryptionVariables,
  ...sumsubVariables,
  ...openBankingVariables,
  ...telemetryVariables,
  ...slackVariables,
});

export type CoreVariables = z.output<typeof coreVariables>;
