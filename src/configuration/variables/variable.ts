import { z } from 'zod';

/** A variable that has a certain value. */
export interface Setting {
  variable: string;
  value: string;
}

/** What the schema knows of a variable beyond its type: for `.env.example`, the table in the docs and the rules. */
export interface VariableMeta {
  group: string;
  description: string;
  /** Shown in `.env.example` where there is no default. */
  example?: string;
  /** Never shown, not even in part; too short a value is refused in production. */
  secret?: true;
  /**
   * The address that the variable holds, which decides where it may point. `provider`: Drop or a browser calls it; it
   * is https outside the sandbox and on loopback inside. `provider_host`: likewise, where the name of a host is enough.
   * `return`: a provider sends customers there; it is not plain HTTP in production. `smtp`: a mail server, whose
   * scheme says how TLS begins.
   */
  address?: 'provider' | 'provider_host' | 'return' | 'smtp';
  /** Needed where the service is live: for every service outside mock mode, for a bank provider with credentials. */
  required?: true;
  /** Needed only with this setting. */
  requiredWith?: Setting;
  /** Not needed with this setting, although `required`. */
  notRequiredWith?: Setting;
}

const registry = z.registry<VariableMeta>();

/** The metadata that a variable was declared with; undefined for a schema that is not a variable. */
export function metaOf(schema: z.core.$ZodType): VariableMeta | undefined {
  return registry.get(schema);
}

/** Declares variables of one group: each is the schema that it is given, described in the registry. */
export function variablesOf(group: string) {
  return <Schema extends z.ZodType>(meta: Omit<VariableMeta, 'group'>, schema: Schema): Schema => {
    const described: z.ZodType = schema;
    registry.add(described, { group, ...meta });
    return schema;
  };
}
