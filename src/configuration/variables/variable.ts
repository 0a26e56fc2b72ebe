import { z } from 'zod';

/** What the schema knows of a variable beyond its type: for `.env.example`, the table in the docs and the rules. */
export interface VariableMeta {
  group: string;
  description: string;
  /** Shown in `.env.example` where there is no default. */
  example?: string;
  /** Never shown, not even in part; too short a value is refused in production. */
  secret?: true;
  /** A provider's address: must be `https:` in production, loopback in the sandbox. */
  providerUrl?: true;
  /** Needed outside mock mode. */
  required?: true;
}

export const variableRegistry = z.registry<VariableMeta>();

/** Declares variables of one group: each is the schema that it is given, described in the registry. */
export function variablesOf(group: string) {
  return <Schema extends z.ZodType>(meta: Omit<VariableMeta, 'group'>, schema: Schema): Schema => {
    const described: z.ZodType = schema;
    variableRegistry.add(described, { group, ...meta });
    return schema;
  };
}
