import { z } from 'zod';
import { commandVariables } from '#services/better-stack/command-variables.ts';
import type { ProviderDefinition } from '#services/open-banking/definition.ts';
import { allVariables } from './variables.ts';
import { metaOf, type Setting } from './variables/variable.ts';

/** A variable as the documentation shows it. */
export interface DescribedVariable {
  name: string;
  group: string;
  description: string;
  /** The values there are, where they are few. */
  values: readonly string[];
  /** What holds where it is not set, as it would be written in the environment. */
  fallback: string | undefined;
  example: string | undefined;
  isSecret: boolean;
  isRequired: boolean;
  /** It is required only where another variable has this value. */
  requiredWith: Setting | undefined;
}

/**
 * Every variable, the core ones first, those of each open banking provider under the provider's name, last those that
 * only a command reads.
 */
export function describeVariables(providers: readonly ProviderDefinition[]): DescribedVariable[] {
  const shape: Readonly<Record<string, z.core.$ZodType>> = {
    ...allVariables(providers).shape,
    ...commandVariables.shape,
  };
  return Object.entries(shape).map(([name, schema]) => {
    const meta = metaOf(schema);
    return {
      name,
      group: meta?.group ?? '',
      description: meta?.description ?? '',
      example: meta?.example,
      isSecret: meta?.secret ?? false,
      isRequired: meta?.required ?? false,
      requiredWith: meta?.requiredWith,
      ...ofSchema(schema),
    };
  });
}

function ofSchema(schema: z.core.$ZodType): Pick<DescribedVariable, 'values' | 'fallback'> {
  const { data } = z.safeParse(schema, undefined);
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const isWritable = Array.isArray(data) || ['string', 'number', 'boolean'].includes(typeof data);
  return { values: (json.enum ?? []).map(String), fallback: isWritable ? String(data) : undefined };
}
