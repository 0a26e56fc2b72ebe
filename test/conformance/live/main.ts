// `npm run conformance:live`: tries the contract at the providers whose credentials `.env.test` has.
import { parseArgs } from 'node:util';
import { processEnvironment } from '#configuration/environment.ts';
import { systemClock } from '#domain/clock.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { runLive } from './run.ts';

const { values } = parseArgs({ options: { bank: { type: 'string' } } });

process.exitCode = await runLive({
  providers: openBankingProviders,
  environment: processEnvironment,
  clock: systemClock,
  bankName: values.bank,
  print: (line) => process.stdout.write(`${line}\n`),
});
