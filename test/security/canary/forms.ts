import { createHash } from 'node:crypto';

/** Something that must be found nowhere but where it is named as an exception. */
export interface Canary {
  name: string;
  value: string;
}

/** The spellings in which a secret is still that secret, or can be told by whoever tries all values. */
function formsOf({ name, value }: Canary): Map<string, string> {
  const forms = new Map([['plain', value]]);
  const add = (form: string, text: string): void => {
    if (![...forms.values()].includes(text)) forms.set(form, text);
  };
  add('URL-encoded', encodeURIComponent(value));
  add('in JSON', JSON.stringify(value).slice(1, -1));
  add('hex', Buffer.from(value).toString('hex'));
  for (const offset of [0, 1, 2]) {
    add(`base64 at ${offset}`, inside(value, offset, 'base64'));
    add(`base64url at ${offset}`, inside(value, offset, 'base64url'));
  }
  for (const algorithm of ['sha256', 'sha1', 'md5'])
    for (const encoding of ['hex', 'base64', 'base64url'] as const)
      add(`${algorithm} ${encoding}`, digest(algorithm, value, encoding));
  if (name === 'national number') add('in two parts', `${value.slice(0, 6)} ${value.slice(6)}`);
  return forms;
}

/** The characters that `value` alone decides where it lies `offset` bytes into something longer. */
function inside(value: string, offset: number, encoding: 'base64' | 'base64url'): string {
  const encoded = Buffer.from(`${'x'.repeat(offset)}${value}`)
    .toString(encoding)
    .replaceAll('=', '');
  const isWhole = (offset + Buffer.byteLength(value)) % 3 === 0;
  return encoded.slice(Math.ceil((offset * 8) / 6), isWhole ? undefined : -1);
}

/** Without padding, which some leave out. */
function digest(algorithm: string, value: string, encoding: 'hex' | 'base64' | 'base64url'): string {
  return createHash(algorithm).update(value).digest(encoding).replaceAll('=', '');
}

export interface Found {
  /** Where, e.g. `database users.name`. */
  sink: string;
  canary: string;
  form: string;
}

const beginningLength = 6;
const places = 2 ** 25;

function placeOf(text: string, at: number): number {
  let hash = 0;
  for (let next = at; next < at + beginningLength; next += 1)
    hash = (Math.imul(hash, 31) + text.charCodeAt(next)) | 0;
  return (Math.imul(hash, 0x9e3779b1) >>> 0) % places;
}

/**
 * Whether a text can be in one of the contents, judged by its first characters. Says yes once in many times although it
 * is not there, and never no although it is: the thousand secrets in all their spellings are not read for one by one.
 */
function possibleIn(contents: Iterable<string>): (text: string) => boolean {
  const seen = new Uint8Array(places);
  for (const content of contents)
    for (let at = 0; at <= content.length - beginningLength; at += 1) seen[placeOf(content, at)] = 1;
  return (text) => text.length < beginningLength || seen[placeOf(text, 0)] === 1;
}

/** Every canary in every sink, each once. */
export function search(sinks: ReadonlyMap<string, string>, canaries: readonly Canary[]): Found[] {
  const found = new Map<string, Found>();
  const isPossible = possibleIn(sinks.values());
  const unique = new Map(canaries.map((canary) => [`${canary.name} ${canary.value}`, canary]));
  for (const canary of unique.values())
    for (const [form, text] of formsOf(canary))
      for (const [sink, content] of isPossible(text) ? sinks : [])
        if (content.includes(text))
          found.set(`${sink} ${canary.name} ${form}`, { sink, canary: canary.name, form });
  return [...found.values()];
}
