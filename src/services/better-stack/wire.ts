import { z } from 'zod';

/** Ids are strings on the wire; a number is taken for the same id. `type` varies between answers and is not read. */
const itemSchema = z.object({
  id: z.union([z.string().regex(/^[\w-]{1,64}$/), z.int().positive().transform(String)]),
  attributes: z.record(z.string(), z.unknown()),
});

/** One thing of BetterStack, with its attributes as they came. */
export type Item = z.output<typeof itemSchema>;

/** The answer about one thing: of a read, a creation or a change. */
export const oneSchema = z.object({ data: itemSchema });

/**
 * One page of a list. An item that cannot be read spoils the page: what is not seen would be created a second time. For
 * the same reason `pagination` must say whether there is more.
 */
export const pageSchema = z.object({
  data: z.array(itemSchema),
  pagination: z.object({ next: z.string().nullable() }),
});

/** A refusal: a text, or texts by field. Texts may quote what was sent, so that only the fields are kept. */
export const refusalSchema = z.object({
  errors: z.union([
    z.string().transform((): string[] => []),
    z.record(z.string(), z.unknown()).transform((fields) => Object.keys(fields)),
  ]),
});
