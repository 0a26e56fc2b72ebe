import { openBankingProviders } from '#services/open-banking/providers.ts';
import { operationsOf } from '../../conformance/provider-subject.ts';
import { bankIdOperations } from './bankid.ts';
import { betterStackOperations } from './better-stack.ts';
import type { Operation } from './operation.ts';
import { slackOperations } from './slack.ts';
import { sumsubOperations } from './sumsub.ts';

const ofOpenBanking = await Promise.all(openBankingProviders.map(({ id }) => operationsOf(id)));

/** Every operation of every provider that Drop calls. */
export const operations: readonly Operation[] = [
  ...bankIdOperations,
  ...sumsubOperations,
  ...ofOpenBanking.flatMap((provider) => provider.operations),
  ...slackOperations,
  ...betterStackOperations,
];

/** The operations of open banking of whose bodies something is kept. */
export const recordedOperationsOfOpenBanking: readonly string[] = ofOpenBanking.flatMap(
  ({ recordedOperations }) => recordedOperations,
);
