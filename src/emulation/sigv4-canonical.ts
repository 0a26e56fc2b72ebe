/** A request as AWS receives it. */
export interface SignedRequest {
  method: string;
  /** As on the wire, without the query. */
  path: string;
  /** Decoded, in the order of the wire. */
  query: readonly (readonly [name: string, value: string])[];
  headers: Headers;
  body: Uint8Array;
}

/** What of Hono's request an emulator checks. `target`: path and query as on the wire. */
export function signedRequestOf(request: Request, target: string, body: Uint8Array): SignedRequest {
  const [path = '/', search = ''] = splitOnce(target);
  const query = search
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): [string, string] => {
      const [name = '', value = ''] = splitOnce(pair, '=');
      return [decoded(name), decoded(value)];
    });
  return { method: request.method, path, query, headers: request.headers, body };
}

/** S3 encodes each part of the path once; other services encode once more what is on the wire. */
export function canonicalPath(path: string, isS3: boolean): string {
  const parts = path.split('/');
  return parts.map((part) => encoded(isS3 ? decoded(part) : part)).join('/');
}

/** Sorted by name and value as encoded; without the signature itself. */
export function canonicalQuery(query: SignedRequest['query']): string {
  return query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join('&');
}

/** One line each, with the empty line that follows them. */
export function canonicalHeaders(headers: Headers, names: readonly string[]): string {
  return names.map((name) => `${name}:${(headers.get(name) ?? '').trim().replaceAll(/ +/g, ' ')}\n`).join('');
}

/** All but the unreserved characters of RFC 3986. */
function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function splitOnce(text: string, separator = '?'): [string, string] {
  const index = text.indexOf(separator);
  return index === -1 ? [text, ''] : [text.slice(0, index), text.slice(index + separator.length)];
}
