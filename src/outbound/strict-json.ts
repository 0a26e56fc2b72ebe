/** Far deeper than any provider's answer, and far from the depth that overflows the stack of a recursive reader. */
export const jsonDepthMax = 32;

export class JsonFault extends Error {
  override readonly name = 'JsonFault';
}

/** The escapes of U+0000 and of halves of surrogate pairs. */
const unstorableEscape = /\\u(?:0000|d[89a-f][\da-f]{2})/i;

/**
 * Parses JSON (RFC 8259) from outside. It refuses nesting deeper than `jsonDepthMax`, and an object that names a member
 * twice: parsers differ in which of the two they use, so such an answer has no single meaning. U+0000 and lone
 * surrogates in texts, which PostgreSQL cannot store, are read as U+FFFD, like bytes that are not UTF-8, so that one
 * such text does not prevent the rest of the answer from being stored.
 *
 * @throws {JsonFault} Its message contains nothing of the text.
 */
export function parseStrictJson(text: string): unknown {
  const named = countMembers(text);
  let value: unknown;
  try {
    value = unstorableEscape.test(text) ? JSON.parse(text, storable) : JSON.parse(text);
  } catch {
    // The engine's own error is dropped because its message quotes the text.
    throw new JsonFault('is not JSON');
  }
  // Of two members with one name the engine keeps one, so the value then has fewer members than the text.
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

/** The number of members of all objects in `text`: if it is JSON, the number of colons outside strings. */
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

/**
 * The index of the quotation mark that ends the string that begins at `start`; the length of `text` if there is none.
 */
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
