import type { z } from 'zod';
import { bankId } from './bankid/definition.ts';
import { betterStack } from './better-stack/definition.ts';
import { cardIssuing } from './card-issuing/definition.ts';
import type { ServiceDefinition } from './definition.ts';
import { email } from './email/definition.ts';
import { fileStorage } from './file-storage/definition.ts';
import { openBankingProviders } from './open-banking/providers.ts';
import { slack } from './slack/definition.ts';
import { sumsub } from './sumsub/definition.ts';

/**
 * Every external service by its role, which is its name in `Services`. To add one: its folder, an import and an entry
 * here. The providers of open banking are several in one role. In the order of their ports in the sandbox.
 */
export const definitions = {
  bankId,
  sumsub,
  openBanking: openBankingProviders,
  alerts: slack,
  email,
  heartbeats: betterStack,
  files: fileStorage,
  cardIssuing,
} as const;

type Definitions = typeof definitions;

/** The roles that one service fills. */
export type ServiceRole = Exclude<keyof Definitions, 'openBanking'>;

/** What fills each of these roles. */
export type ServicesByRole = { -readonly [Role in ServiceRole]: ServiceOf<Definitions[Role]> };

type ServiceOf<Definition> =
  Definition extends ServiceDefinition<z.ZodObject, infer Service> ? Service : never;

/** The services by role, their variables widened so that they are read and passed on alike. */
export const serviceEntries = Object.entries(definitions).filter(([role]) => role !== 'openBanking') as [
  ServiceRole,
  ServiceDefinition,
][];

type UnionToIntersection<Union> = (Union extends unknown ? (member: Union) => void : never) extends (
  member: infer Intersection,
) => void
  ? Intersection
  : never;

/** The variables of every service but those of the providers of open banking. */
export const serviceVariables = Object.assign(
  {},
  ...serviceEntries.map(([, { variables }]) => variables.shape),
) as UnionToIntersection<Definitions[ServiceRole]['variables']['shape']>;
