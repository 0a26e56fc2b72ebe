const partsMax = 200;

/**
 * The bytes of one field of a `multipart/form-data` body (RFC 7578); undefined where there is none. `Response.formData`
 * does not serve: it refuses boundaries shorter than 27 signs, and SendGrid's is `xYzZY`.
 */
export function formField(rawBody: Uint8Array, contentType: string, name: string): Uint8Array | undefined {
  const boundary = /;\s*boundary="?([\w'()+,./:=?-]{1,70})"?\s*(?:;|$)/i.exec(contentType)?.[1];
  if (boundary === undefined) return undefined;
  // One sign for each byte, so that nothing is lost on the way to text and back.
  const [, ...parts] = `\r\n${Buffer.from(rawBody).toString('latin1')}`.split(`\r\n--${boundary}`, partsMax);
  const closed = parts.findIndex((part) => part.startsWith('--'));
  const found = parts
    .slice(0, Math.max(closed, 0))
    .map(readPart)
    .find((part) => part?.name === name);
  return found && Buffer.from(found.value, 'latin1');
}

/** A part follows its boundary from the end of that line on. */
function readPart(part: string): { name: string; value: string } | undefined {
  const end = part.indexOf('\r\n\r\n');
  const head = end < 0 ? '' : part.slice(0, end);
  const name = /^content-disposition:\s*form-data;(?:[^\r\n]*;)?\s*name="([^"\r\n]*)"/im.exec(head)?.[1];
  return name === undefined ? undefined : { name, value: part.slice(end + 4) };
}
