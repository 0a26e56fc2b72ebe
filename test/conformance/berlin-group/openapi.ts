import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** As far as the official file uses JSON Schema. */
interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: unknown[];
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
}

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
}

interface Content {
  content?: Record<string, { schema?: Schema }>;
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: Content;
  responses: Record<string, Content>;
}

/** One request and its answer, bodies as JSON. */
export interface Exchange {
  method: string;
  /** Under the bank's address, beginning with `/v1/`. */
  path: string;
  headers: Headers;
  request: unknown;
  status: number;
  type: string;
  response: unknown;
}

/** Judges exchanges by the official OpenAPI. */
export interface OpenApi {
  /** What contradicts the file, each as a line; a field that is not documented does. */
  faultsOf(exchange: Exchange): string[];
}

/** Reads the file at `path`, which is YAML. */
export function readOpenApi(path: string): OpenApi {
  const root = parse(readFileSync(path, 'utf8')) as { paths: Record<string, Record<string, Operation>> };

  /** Follows `$ref` as often as there is one. */
  function resolved<Value extends object>(value: Value): Value {
    const reference = '$ref' in value ? (value.$ref as string | undefined) : undefined;
    if (reference === undefined) return value;
    const parts = reference.slice(2).split('/');
    const found = parts.reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], root);
    return resolved(found as Value);
  }

  function operationOf({ method, path: asked }: Exchange): Operation | undefined {
    const matches = Object.keys(root.paths)
      .filter((template) => new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(asked))
      .toSorted((left, right) => left.split('{').length - right.split('{').length);
    return root.paths[matches[0] ?? '']?.[method.toLowerCase()];
  }

  function faults(raw: Schema, value: unknown, at: string): string[] {
    const schema = resolved(raw);
    const { allOf = [], anyOf, oneOf } = schema;
    const some = anyOf ?? oneOf;
    const found = allOf.flatMap((each) => faults(each, value, at));
    if (some) found.push(...nearestFaults(some, value, at));
    if (schema.enum && !schema.enum.includes(value)) found.push(`${at}: ${String(value)} is not in the list`);
    switch (schema.type) {
      case 'object':
        return [...found, ...objectFaults(schema, value, at)];
      case 'array':
        if (!Array.isArray(value)) return [...found, `${at}: no array`];
        return [
          ...found,
          ...value.flatMap((each, index) => faults(schema.items ?? {}, each, `${at}.${index}`)),
        ];
      case 'string':
        return [...found, ...stringFaults(schema, value, at)];
      case 'integer':
      case 'number':
        return [...found, ...numberFaults(schema, value, at)];
      case 'boolean':
        return typeof value === 'boolean' ? found : [...found, `${at}: no boolean`];
      case undefined:
      default:
        return found;
    }
  }

  /** Those of the alternative that comes nearest. */
  function nearestFaults(alternatives: Schema[], value: unknown, at: string): string[] {
    const judged = alternatives.map((each) => faults(each, value, at));
    return judged.toSorted((left, right) => left.length - right.length)[0] ?? [];
  }

  function objectFaults(schema: Schema, value: unknown, at: string): string[] {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at}: no object`];
    const { properties = {}, required = [], additionalProperties } = schema;
    const missing = required.filter((name) => !(name in value)).map((name) => `${at}.${name}: missing`);
    const others = typeof additionalProperties === 'object' ? additionalProperties : undefined;
    const found = Object.entries(value).flatMap(([name, member]) => {
      const of = properties[name] ?? others;
      if (of !== undefined) return faults(of, member, `${at}.${name}`);
      return [`${at}.${name}: not documented`];
    });
    return [...missing, ...found];
  }

  return {
    faultsOf(exchange) {
      const operation = operationOf(exchange);
      if (operation === undefined) return [`${exchange.method} ${exchange.path}: no such operation`];
      return [
        ...headerFaults(exchange, (operation.parameters ?? []).map(resolved), faults),
        ...bodyFaults(exchange, operation, { resolved, faults }),
      ];
    },
  };
}

type Judge = (schema: Schema, value: unknown, at: string) => string[];

/** Headers of HTTP itself, and one that Norwegian banks document in their portals. */
const beyond = [
  'accept',
  'accept-encoding',
  'user-agent',
  'content-type',
  'content-length',
  'host',
  'connection',
  'date',
  'x-accept-fix',
];

function headerFaults({ headers }: Exchange, parameters: Parameter[], judge: Judge): string[] {
  const documented = parameters.filter((each) => each.in === 'header');
  const known = new Map(documented.map((each) => [each.name.toLowerCase(), each]));
  const missing = documented.filter(({ name, required }) => required === true && !headers.has(name));
  const found = [...headers].flatMap(([name, value]) => {
    const parameter = known.get(name);
    if (parameter === undefined) return beyond.includes(name) ? [] : [`header ${name}: not documented`];
    const { schema } = parameter;
    return judge(schema, schema.type === 'boolean' ? value === 'true' : value, `header ${name}`);
  });
  return [...missing.map(({ name }) => `header ${name}: missing`), ...found];
}

function bodyFaults(
  { request, status, type, response }: Exchange,
  { requestBody, responses }: Operation,
  { resolved, faults }: { resolved: <Value extends object>(value: Value) => Value; faults: Judge },
): string[] {
  const ofRequest = requestBody && resolved(requestBody).content?.['application/json']?.schema;
  // What the bank refuses may be as wrong as it says.
  const isTaken = status < 400 && request !== undefined;
  const found = isTaken && ofRequest ? faults(ofRequest, request, 'request') : [];
  const answer = responses[`${status}`];
  if (answer === undefined) return [...found, `status ${status}: not documented`];
  const { content } = resolved(answer);
  const [mediaType = ''] = type.split(';');
  if (content === undefined || response === undefined)
    return response === undefined ? found : [...found, 'response: no body is documented'];
  const schema = content[mediaType]?.schema;
  if (schema === undefined) return [...found, `response: ${mediaType} is not documented`];
  return [...found, ...faults(schema, response, 'response')];
}

function stringFaults(
  { pattern, minLength = 0, maxLength, format }: Schema,
  value: unknown,
  at: string,
): string[] {
  if (typeof value !== 'string') return [`${at}: no string`];
  const isShort = value.length < minLength || value.length > (maxLength ?? Number.POSITIVE_INFINITY);
  const isOdd = pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(value);
  const isMalformed = !(formats[format ?? '']?.test(value) ?? true);
  return isShort || isOdd || isMalformed ? [`${at}: has the wrong form`] : [];
}

const formats: Record<string, RegExp> = {
  date: /^\d{4}-\d{2}-\d{2}$/,
  'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/,
  uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
  uri: /^[a-z][a-z\d+.-]*:\S+$/i,
  ipv4: /^\d{1,3}(\.\d{1,3}){3}$/,
};

function numberFaults(
  { minimum = -Infinity, maximum = Infinity }: Schema,
  value: unknown,
  at: string,
): string[] {
  const isRight = typeof value === 'number' && value >= minimum && value <= maximum;
  return isRight ? [] : [`${at}: no number within bounds`];
}
