/** Deeper than any provider's answer by far, and far from what a recursive reader could not bear. */
export const jsonDepthMax = 32;

export class JsonFault extends Error {
  override readonly name = 'JsonFault';
}

/** The escapes of U+0000 and of halves of surrogate pairs. */
const unstorableEscape = /\\u(?:0000|d[89a-f][\da-f]{2})/i;

/**
 * Parses JSON (RFC 8259) that came from outside. Refused are nesting deeper than `jsonDepthMax` and an object that
 * names a member twice: readers differ in which of the two they take, and an answer must not mean one thing to Drop and
 * another to the next. U+0000 and halves of surrogate pairs in texts, which PostgreSQL cannot hold, are read as U+FFFD,
 * as bytes that are no UTF-8 are: one such text in an answer must not keep the rest of it from being stored.
 *
 * @throws {JsonFault} Its message says nothing of the text.
 */
export function parseStrictJson(text: string): unknown {
  const named = countMembers(text);
  let value: unknown;
  try {
    value = unstorableEscape.test(text) ? JSON.parse(text, storable) : JSON.parse(text);
  } catch {
    // The engine's own message quotes the text.
    throw new JsonFault('is not JSON');
  }
  // Of two members of one name the engine keeps one; so there are fewer in the value than in the text.
  if (membersOf(value) !== named) throw new JsonFault('names a member twice');
  return value;
}

function storable(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\ufffd') : value;
}

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
/** `[` and `]` with this bit set are `{` and `}`. */
const curly = 0x20;
const opening = 0x7b;
const closing = 0x7d;

/** How many members the objects of `text` have together: the colons outside of strings, if it is JSON. */
function countMembers(text: string): number {
  let depth = 0;
  let members = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === quote) index = endOfString(text, index);
    else if (code === colon) members += 1;
    else if ((code | curly) === closing) depth -= 1;
    else if ((code | curly) === opening) {
      depth += 1;
      if (depth > jsonDepthMax) throw new JsonFault(`is nested deeper than ${jsonDepthMax} levels`);
    }
  }
  return members;
}

/** The index of the quotation mark that ends the string which begins at `start`; the end where none does. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, index: number): boolean {
  let before = index - 1;
  while (text.charCodeAt(before) === backslash) before -= 1;
  return (index - before) % 2 === 0;
}

/** Recursion is bounded by `jsonDepthMax`. */
function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const values: unknown[] = Array.isArray(value) ? value : Object.values(value);
  let members = values === value ? 0 : values.length;
  for (const each of values) if (typeof each === 'object') members += membersOf(each);
  return members;
}
