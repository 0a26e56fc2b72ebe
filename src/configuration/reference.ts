import { z } from 'zod';
import type { ProviderDefinition } from '#services/open-banking/definition.ts';
import { variableRegistry } from './variables/variable.ts';
import { coreVariables } from './variables.ts';

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
}

/** Every variable, the core ones first, those of each open banking provider under the provider's name. */
export function describeVariables(providers: readonly ProviderDefinition[]): DescribedVariable[] {
  const core = Object.entries(coreVariables.shape).map(([name, schema]) => describeCore(name, schema));
  const own = providers.flatMap(({ displayName, variables }) =>
    shapeOf(variables).map(([name, schema]): DescribedVariable => {
      const described = z.globalRegistry.get(schema)?.description ?? '';
      const description = described.replace(`${displayName}: `, '');
      const plain = { example: undefined, isSecret: false, isRequired: false };
      return { name, group: displayName, description, ...plain, ...ofSchema(schema) };
    }),
  );
  return [...core, ...own];
}

function shapeOf({
  shape,
}: {
  shape: Readonly<Record<string, z.core.$ZodType>>;
}): [string, z.core.$ZodType][] {
  return Object.entries(shape);
}

function describeCore(name: string, schema: z.ZodType): DescribedVariable {
  const meta = variableRegistry.get(schema);
  return {
    name,
    group: meta?.group ?? '',
    description: meta?.description ?? '',
    example: meta?.example,
    isSecret: meta?.secret ?? false,
    isRequired: meta?.required ?? false,
    ...ofSchema(schema),
  };
}

function ofSchema(schema: z.core.$ZodType): Pick<DescribedVariable, 'values' | 'fallback'> {
  const { data } = z.safeParse(schema, undefined);
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const isWritable = Array.isArray(data) || ['string', 'number', 'boolean'].includes(typeof data);
  return { values: (json.enum ?? []).map(String), fallback: isWritable ? String(data) : undefined };
}
