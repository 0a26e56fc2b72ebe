import { createPublicKey } from 'node:crypto';

/** A key as a DKIM record publishes it; `short`: mailboxes must not take it (RFC 8301, 3.2). */
export interface DkimKey {
  kind: 'usable' | 'short' | 'revoked' | 'unreadable';
}

const rsaBitsMin = 1_024;
/** An Ed25519 key stands in the record as it is (RFC 8463, 4). */
const ed25519Bytes = 32;

/** Reads a `TXT` record as a DKIM key (RFC 6376, 3.6.1); undefined for a text without one. */
export function readDkimKey(record: string): DkimKey | undefined {
  const tags = new Map(record.split(';').map(tagOf));
  const version = tags.get('v');
  const written = tags.get('p')?.replaceAll(/\s/g, '');
  if (written === undefined || (version !== undefined && version !== 'DKIM1')) return undefined;
  if (written === '') return { kind: 'revoked' };
  const bytes = Buffer.from(written, 'base64');
  if (tags.get('k') === 'ed25519')
    return { kind: bytes.byteLength === ed25519Bytes ? 'usable' : 'unreadable' };
  return { kind: rsaKindOf(bytes) };
}

function tagOf(tag: string): [string, string] {
  const end = tag.indexOf('=');
  return [tag.slice(0, end).trim(), tag.slice(end + 1).trim()];
}

function rsaKindOf(der: Buffer): DkimKey['kind'] {
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key: der, format: 'der', type: 'spki' });
    const bits = asymmetricKeyDetails?.modulusLength;
    if (bits === undefined) return 'unreadable';
    return bits < rsaBitsMin ? 'short' : 'usable';
  } catch {
    return 'unreadable';
  }
}
