import { bankIdOperations } from './bankid.ts';
import { enableBankingOperations } from './enable-banking.ts';
import type { Operation } from './operation.ts';
import { slackOperations } from './slack.ts';
import { sumsubOperations } from './sumsub.ts';

/** Every operation of every provider that Drop calls. */
export const operations: readonly Operation[] = [
  ...bankIdOperations,
  ...sumsubOperations,
  ...enableBankingOperations,
  ...slackOperations,
];
