import { createHmac, timingSafeEqual } from 'node:crypto';
import { addressUnder } from '#domain/address.ts';
import type { Clock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';
import { addressSeconds, type FileAddress, type ServedAddress } from './service.ts';

type Method = 'GET' | 'PUT';

/** What an address permits beside the key: by the names of its query. */
type Permitted = Readonly<Record<string, string>>;

export interface AddressSigner {
  addressOf(method: Method, key: string, permitted: Permitted): FileAddress;
  /**
   * Returns what the address permits.
   *
   * @throws {DropError} `file_address_invalid`, `file_address_expired`.
   */
  permittedBy(method: Method, address: ServedAddress): Permitted;
}

export interface SignerOptions {
  key: Secret<Uint8Array>;
  baseUrl: string;
  clock: Clock;
}

/** Addresses of Drop's own, `/api/files/<key>`, valid for `addressSeconds` and signed with HMAC-SHA-256. */
export function createAddressSigner({ key: secret, baseUrl, clock }: SignerOptions): AddressSigner {
  /** JSON keeps the parts apart. Sorted, since the order of a query says nothing. */
  const signatureOf = (method: Method, key: string, query: Permitted): Buffer => {
    const stated = JSON.stringify([method, key, Object.entries(query).toSorted(byName)]);
    return createHmac('sha256', secret.reveal()).update(stated).digest();
  };
  return {
    addressOf(method, key, permitted) {
      const expires = Math.floor(clock.now().getTime() / 1000) + addressSeconds;
      const query = { ...permitted, expires: `${expires}` };
      const signature = signatureOf(method, key, query).toString('base64url');
      const search = new URLSearchParams({ ...query, signature });
      const url = `${addressUnder(baseUrl, `/api/files/${key}`)}?${search.toString()}`;
      return { url, expiresAt: new Date(expires * 1000) };
    },
    permittedBy(method, { key, query }) {
      const { signature = '', ...stated } = query;
      const given = Buffer.from(signature, 'base64url');
      const right = signatureOf(method, key, stated);
      if (given.byteLength !== right.byteLength || !timingSafeEqual(given, right))
        throw new DropError('file_address_invalid');
      const { expires, ...permitted } = stated;
      if (clock.now().getTime() >= Number(expires) * 1000) throw new DropError('file_address_expired');
      return permitted;
    },
  };
}

function byName([a]: [string, string], [b]: [string, string]): number {
  return a < b ? -1 : 1;
}
