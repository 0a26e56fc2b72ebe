/** The part of an OpenAPI document that is needed to find every string of a request. */
interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  anyOf?: Schema[];
}

interface Parameter {
  in: string;
  name: string;
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema } | undefined> };
}

export interface OpenApiDocument {
  paths: Record<string, Record<string, Operation>>;
}

/** One string of one request: its position, and the other required parts of the request. */
export interface StringOfRequest {
  method: string;
  /** The path with its parameter names in braces. */
  path: string;
  in: 'body' | 'query' | 'path';
  field: string;
  /** The other required fields of the body. */
  required: string[];
}

/** Every string of every request except headers, in which HTTP allows no NUL. */
export function stringsOfRequests(document: OpenApiDocument): StringOfRequest[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, operation]) => {
      const at = { method: method.toUpperCase(), path };
      const named = (operation.parameters ?? []).flatMap((parameter): StringOfRequest[] => {
        const { in: place, name: field } = parameter;
        return place === 'query' || place === 'path' ? [{ ...at, in: place, field, required: [] }] : [];
      });
      const schema = operation.requestBody?.content['application/json']?.schema;
      const ofBody = schema ? stringsOf(schema) : [];
      return [...named, ...ofBody.map((found) => ({ ...at, in: 'body' as const, ...found }))];
    }),
  );
}

function stringsOf(schema: Schema): { field: string; required: string[] }[] {
  if (schema.anyOf) return schema.anyOf.flatMap(stringsOf);
  const required = leaves(schema, true).map(({ field }) => field);
  return leaves(schema, false)
    .filter(({ type }) => type === 'string')
    .map(({ field }) => ({ field, required }));
}

function leaves(schema: Schema, requiredOnly: boolean, prefix = ''): { field: string; type: string }[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    if (requiredOnly && !schema.required?.includes(name)) return [];
    const field = `${prefix}${name}`;
    if (member.properties) return leaves(member, requiredOnly, `${field}.`);
    return [{ field, type: member.type ?? '' }];
  });
}
