import { z } from 'zod';
import type { OddItems } from '#domain/odd-items.ts';
import type { UnexpectedAnswer, UnknownWord } from '#domain/unexpected-answer.ts';

/** Something in a provider's answer that could not be read. */
interface OddItem {
  /** The list that contained the item, by its name on the wire, e.g. `balances`. */
  list: string;
  /** The fields at fault, by their path within the item; never a value. */
  fields: string[];
}

/** Runs the parse of an answer, which must be synchronous, and reports what it left out. */
export type ListReader = <Result>(operation: string, parse: () => Result) => Result;

/**
 * A list whose items are parsed one by one: unreadable items are left out and noted for `createListReader`. Where the
 * position or the mere presence of an item has a meaning, `otherwise` makes a substitute for an unreadable one. An
 * answer with more than `oddItemsMax` unreadable parts is refused.
 */
export function listed<Item extends z.ZodType, Otherwise = never>(
  list: string,
  item: Item,
  otherwise?: (raw: unknown) => Otherwise,
) {
  return z.array(z.unknown()).transform((entries, context) => {
    const items: (z.output<Item> | Otherwise)[] = [];
    for (const raw of entries) {
      const read = readOrNote(list, item, raw);
      if (read !== undefined) items.push(read.data);
      else if (otherwise) items.push(otherwise(raw));
      if (isBeyondReading()) return refuse(context);
    }
    return items;
  });
}

/**
 * The most unreadable parts of an answer. Each takes some microseconds, and a megabyte holds 300,000 of them, so the
 * whole answer is refused beyond.
 */
const oddItemsMax = 10_000;

const isBeyondReading = (): boolean => noted !== undefined && noted.odd.length > oddItemsMax;

function refuse(context: z.RefinementCtx): never {
  context.addIssue({ code: 'custom', message: `more than ${oddItemsMax} parts cannot be read` });
  return z.NEVER;
}

/** A part of an answer that is worth `otherwise` where it cannot be read, and is then noted like an item of a list. */
export function absorbed<Part extends z.ZodType, Otherwise>(list: string, part: Part, otherwise: Otherwise) {
  return z
    .unknown()
    .optional()
    .transform((raw, context): z.output<Part> | Otherwise => {
      const read = isBeyondReading() ? undefined : readOrNote(list, part, raw);
      if (isBeyondReading()) return refuse(context);
      return read === undefined ? otherwise : read.data;
    });
}

/** One of `words`, of which one is `unknown`: every other value becomes that and is noted. */
export function wordOf<const Word extends string>(field: string, words: readonly (Word | 'unknown')[]) {
  const isKnown = (raw: unknown): raw is Word | 'unknown' => words.some((word) => word === raw);
  return z
    .unknown()
    .optional()
    .transform((raw): Word | 'unknown' => {
      if (isKnown(raw)) return raw;
      noted?.words.push({ field, word: raw });
      return 'unknown';
    });
}

/** The fields at fault in an answer that cannot be used at all, noted as well. */
export function faultyFields({ issues }: z.ZodError): string {
  noted?.unreadable.push(...fieldsOf(issues));
  return issues.map(({ path }) => path.join('.')).join(', ');
}

function readOrNote<Part extends z.ZodType>(
  list: string,
  part: Part,
  raw: unknown,
): { data: z.output<Part> } | undefined {
  const parsed = part.safeParse(raw);
  if (parsed.success) return { data: parsed.data };
  noted?.odd.push({ list, fields: fieldsOf(parsed.error.issues) });
  return undefined;
}

interface Noted {
  odd: OddItem[];
  unreadable: string[];
  words: UnknownWord[];
}

/** From the parse that is being run; a parse is synchronous, so there is one at a time. */
let noted: Noted | undefined;

/** Reports to the log, naming fields and never values, and to the metrics. `onUnexpected` is told more. */
export function createListReader(options: {
  provider: string;
  log(message: string, details: Record<string, unknown>): void;
  onOddItems?: ((odd: OddItems) => void) | undefined;
  onUnexpected?: ((unexpected: UnexpectedAnswer) => void) | undefined;
}): ListReader {
  const { provider, log, onOddItems, onUnexpected } = options;
  return (operation, parse) => {
    const outer = noted;
    const found: Noted = { odd: [], unreadable: [], words: [] };
    noted = found;
    try {
      return parse();
    } finally {
      noted = outer;
      const { odd, words } = found;
      const unreadable = [...found.unreadable, ...odd.flatMap(pathsOf)];
      if (unreadable.length + words.length > 0) onUnexpected?.({ provider, operation, unreadable, words });
      if (odd.length > 0) {
        log(`${operation}: parts of the answer could not be read`, { provider, operation, ...summary(odd) });
        onOddItems?.({ provider, operation, count: odd.length });
      }
    }
  };
}

const pathsOf = ({ list, fields }: OddItem): string[] => fields.map((field) => `${list}.${field}`);

const fieldsShownMax = 20;

function summary(odd: readonly OddItem[]): { count: number; fields: string[] } {
  const fields = odd.flatMap((item) => item.fields.map((field) => `${item.list}: ${field}`));
  return { count: odd.length, fields: [...new Set(fields)].slice(0, fieldsShownMax) };
}

/** Names of the schema's own fields only: an index says nothing, and the key of a record is the provider's. */
function fieldsOf(issues: readonly { path: readonly PropertyKey[] }[]): string[] {
  const paths = issues.map(({ path }) => path.filter((part) => typeof part === 'string').join('.'));
  return [...new Set(paths.map((path) => path || 'the whole'))];
}
