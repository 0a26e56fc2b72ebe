import { DropError } from '#domain/errors.ts';
import { redactText } from '#domain/redaction.ts';
import { Secret } from '#domain/secret.ts';

const depthMax = 5;
const textLengthMax = 10_000;
const itemsMax = 1_000;
/** Longer than anything that is removed by its form and could be cut in two. */
const overlapLength = 512;

/** The details of a line as the log writes them, without what is secret or personal. Never throws. */
export function shown(details: Readonly<Record<string, unknown>>): object {
  const found = shownValue(details, 0);
  return typeof found === 'object' && found !== null ? found : { details: found };
}

/** A text without what is secret or personal, cut to 10,000 characters. */
export function shownText(text: string): string {
  if (text.length <= textLengthMax) return redactText(text);
  return `${redactText(text.slice(0, textLengthMax + overlapLength)).slice(0, textLengthMax)}…`;
}

/** A line with a value that cannot be read is written without the value. */
function shownValue(value: unknown, depth: number): unknown {
  try {
    return readableValue(value, depth);
  } catch {
    return '[unreadable]';
  }
}

function readableValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return shownText(value);
  if (value instanceof Error) return shownError(value, depth);
  if (Array.isArray(value)) {
    const items = value.slice(0, itemsMax);
    return depth < depthMax ? items.map((item) => shownValue(item, depth + 1)) : '[…]';
  }
  if (typeof value === 'bigint') return `${value}`;
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Secret) return value.toJSON();
  if (value instanceof Date) return value.toISOString();
  if (depth >= depthMax) return '[…]';
  return shownMembers(value, depth);
}

/** Names of values that are not logged, whatever they look like. A name may have more in front: `newPassword`. */
const hiddenNames = endingIn([
  ...['authorization', 'cookie', 'password', 'secret', 'token', 'verifier', 'api_?key', 'private_?key'],
  ...['national_?id', 'national_?identity_?number', 'account_?number', 'iban', 'birth_?date'],
  ...['e_?mail', 'e_?mail_?address', 'phone', 'phone_?number'],
]);

function endingIn(names: readonly string[]): RegExp {
  return new RegExp(`(?:${names.join('|')})$`, 'i');
}

function shownMembers(value: object, depth: number): object {
  const names = Object.keys(value).slice(0, itemsMax);
  return Object.fromEntries(
    names.map((name) => {
      const item = memberOf(value, name);
      const isHidden = typeof item === 'string' && item !== '' && hiddenNames.test(name);
      return [shownText(name), isHidden ? '[redacted]' : shownValue(item, depth + 1)];
    }),
  );
}

/** A getter may throw. */
function memberOf(value: object, name: string): unknown {
  try {
    return Reflect.get(value, name);
  } catch {
    return '[unreadable]';
  }
}

/** Shows only known fields of an error: libraries attach whole answers and headers to theirs. */
function shownError(error: Error, depth: number): object {
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const details = error instanceof DropError ? shownMembers(error.details, depth) : {};
  const cause =
    error.cause instanceof Error && depth < depthMax ? { cause: shownValue(error.cause, depth + 1) } : {};
  return {
    name: error.name,
    message: shownText(String(error.message)),
    ...code,
    ...details,
    stack: stackOf(error),
    ...cause,
  };
}

/** The frames without the message, which is shown redacted. */
export function stackOf(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trim().startsWith('at '))
    .slice(0, 8)
    .map((line) => line.trim());
}
