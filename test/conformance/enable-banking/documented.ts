import { z } from 'zod';
import { fixture } from '#services/open-banking/enable-banking/fixture.ts';

/** The provider's OpenAPI as far as the emulator goes: judges answers, and makes legal and illegal values. */

const names = z.record(z.string(), z.string());
const { operations, psuHeaders, schemas } = z
  .object({
    operations: z.record(
      z.string(),
      z.object({
        request: z.string().optional(),
        answer: z.string(),
        query: names.optional(),
        path: names.optional(),
      }),
    ),
    psuHeaders: names,
    schemas: z.record(z.string(), z.union([z.array(z.string()), names])),
  })
  .parse(fixture('documented-fields'));
const { codes } = z.object({ codes: z.array(z.string()) }).parse(fixture('error-codes'));

export { operations, psuHeaders };

/** A type of a single value, with a legal and an illegal one. */
interface Scalar {
  schema: z.ZodType;
  legal: unknown;
  illegal?: unknown;
}
type Type =
  | { kind: 'scalar'; scalar: Scalar }
  | { kind: 'list'; item: string; min: number; max: number }
  | { kind: 'fields'; fields: { name: string; type: string; isRequired: boolean }[] };

const scalars: Readonly<Record<string, Scalar>> = {
  string: { schema: z.string(), legal: 'text', illegal: 7 },
  integer: { schema: z.int(), legal: 7, illegal: 'text' },
  boolean: { schema: z.boolean(), legal: true, illegal: 'perhaps' },
  object: { schema: z.record(z.string(), z.unknown()), legal: {}, illegal: 'text' },
  any: { schema: z.unknown(), legal: 'text' },
  uuid: { schema: z.guid(), legal: '497f6eca-6276-4993-bfeb-53cbbbba6f08', illegal: 'text' },
  uri: { schema: z.url(), legal: 'https://bank.example/', illegal: 'text' },
  date: { schema: z.iso.date(), legal: '2026-08-22', illegal: '22.08.2026' },
  'date-time': {
    schema: z.iso.datetime({ offset: true }),
    legal: '2026-08-22T14:20:00Z',
    illegal: '2026-08-22',
  },
};
/** Legal values of fields whose type says less than their meaning. */
const ofFields: Readonly<Record<string, string>> = {
  country: 'NO',
  currency: 'NOK',
  identification: '12345678903',
  scheme_name: 'BBAN',
};
const ofPatterns = ['1.00', 'nb', 'NO', '59.913,10.75'];

export function typeOf(name: string): Type {
  const list = /^(.+)\[(?:(\d+)\.\.(\d+)?)?\]$/.exec(name);
  if (list)
    return { kind: 'list', item: list[1] ?? '', min: Number(list[2] ?? 0), max: Number(list[3] ?? 99) };
  const fields = name === 'ErrorCode' ? codes : schemas[name];
  if (Array.isArray(fields)) {
    const scalar = { schema: z.enum(fields), legal: fields[0], illegal: 'NO_SUCH_WORD' };
    return { kind: 'scalar', scalar };
  }
  if (fields) return { kind: 'fields', fields: Object.entries(fields).map(fieldOf) };
  return { kind: 'scalar', scalar: scalars[name] ?? patternOf(name) };
}

function fieldOf([name, type]: [string, string]) {
  return { name: name.replace('!', ''), type, isRequired: name.endsWith('!') };
}

function patternOf(name: string): Scalar {
  const pattern = new RegExp(name.slice(1, -1));
  return {
    schema: z.string().regex(pattern),
    legal: ofPatterns.find((text) => pattern.test(text)),
    illegal: '§',
  };
}

/**
 * Judges an answer. An optional field may be absent or null; the OpenAPI says so of three fields. A field that is not
 * documented is refused: the emulator must not give what the provider does not.
 */
export function documented(name: string): z.ZodType {
  const type = typeOf(name);
  if (type.kind === 'scalar') return type.scalar.schema;
  if (type.kind === 'list') return z.array(documented(type.item)).min(type.min).max(type.max);
  const shape = type.fields.map(({ name: field, type: of, isRequired }) => {
    return [field, isRequired ? documented(of) : documented(of).nullish()] as const;
  });
  return z.strictObject(Object.fromEntries(shape));
}

type Form = 'full' | 'minimal' | 'null';

/** A legal value: `full` has every field, `minimal` the required ones only, `null` the others as null. */
export function legal(name: string, form: Form): unknown {
  const type = typeOf(name);
  if (type.kind === 'scalar') return type.scalar.legal;
  if (type.kind === 'list') return [legal(type.item, form)];
  const given = type.fields.filter(({ isRequired }) => isRequired || form !== 'minimal');
  return Object.fromEntries(given.map((field) => [field.name, valueOf(field, form)]));
}

function valueOf({ name, type, isRequired }: ReturnType<typeof fieldOf>, form: Form): unknown {
  return isRequired || form === 'full' ? (ofFields[name] ?? legal(type, form)) : null;
}
