import type { CopiedTable } from './read-data.ts';

/** A copy as other programs read it: JSON, in pieces of a row or less. */
export function* dataJson(
  tables: readonly CopiedTable[],
  { customer, at }: { customer: string; at: Date },
): Generator<string> {
  yield* filled(json({ madeAt: at, customer, tables: [] }, 0), tables, function* ({ rows, ...table }) {
    yield* filled(json({ ...table, rows: [] }, 4), rows, function* (row) {
      yield json(row, 8);
    });
  });
  yield '\n';
}

/** `text` with `items` in the empty list that is its last member, each on lines of its own. */
function* filled<Item>(
  text: string,
  items: readonly Item[],
  write: (item: Item) => Generator<string>,
): Generator<string> {
  const end = text.lastIndexOf('[]') + 1;
  const margin = /^\n */.exec(text.slice(text.lastIndexOf('\n', end)))?.[0] ?? '';
  yield text.slice(0, end);
  for (const [index, item] of items.entries()) {
    yield `${index === 0 ? '' : ','}${margin}  `;
    yield* write(item);
  }
  yield `${items.length === 0 ? '' : margin}${text.slice(end)}`;
}

/** JSON has line breaks between its values alone, and so can be moved to the right. */
function json(value: unknown, spaces: number): string {
  return JSON.stringify(value, undefined, 2).replaceAll('\n', `\n${' '.repeat(spaces)}`);
}
