import {
  createDecipheriv,
  createHmac,
  randomBytes,
  randomInt,
  randomUUID,
  timingSafeEqual,
} from 'node:crypto';

/** What the application was given in the developer portal. */
export interface Keys {
  clientId: string;
  clientSecret: string;
  webhookKey: string;
  /** Tink's keyset in JSON. */
  keyset: string;
  /** A token of the application, in the form `<end in milliseconds>.<proof>`. */
  newToken(endsAt: Date): string;
  isToken(token: string, now: Date): boolean;
  /** The number in `x-psu-id`; undefined where it was not encrypted with the keyset. */
  decryptPsuId(value: string): string | undefined;
}

export function createKeys(): Keys {
  const [tokenKey, psuKey] = [randomBytes(32), randomBytes(16)];
  const keyId = randomInt(1, 2 ** 31);
  const proof = (end: string): Buffer => createHmac('sha256', tokenKey).update(end).digest();
  return {
    clientId: `drop-sandbox-${randomUUID().slice(0, 8)}`,
    clientSecret: randomUUID(),
    webhookKey: randomUUID(),
    keyset: keysetOf(psuKey, keyId),
    newToken(endsAt) {
      const end = `${endsAt.getTime()}`;
      return `${end}.${proof(end).toString('base64url')}`;
    },
    isToken(token, now) {
      const [end = '', given = ''] = token.split('.');
      const expected = proof(end);
      const bytes = Buffer.from(given, 'base64url');
      const isGenuine = bytes.length === expected.length && timingSafeEqual(bytes, expected);
      return isGenuine && Number(end) > now.getTime();
    },
    decryptPsuId: (value) => decrypt(Buffer.from(value, 'base64'), { key: psuKey, keyId }),
  };
}

/** `AesGcmKey` in protocol buffers: field 3 is the key. */
function keysetOf(key: Buffer, keyId: number): string {
  const value = Buffer.concat([Buffer.of(0x1a, key.length), key]).toString('base64');
  const keyData = {
    typeUrl: 'type.googleapis.com/google.crypto.tink.AesGcmKey',
    keyMaterialType: 'SYMMETRIC',
    value,
  };
  return JSON.stringify({
    primaryKeyId: keyId,
    key: [{ keyData, status: 'ENABLED', keyId, outputPrefixType: 'TINK' }],
  });
}

const [prefixBytes, nonceBytes, tagBytes] = [5, 12, 16];

function decrypt(sent: Buffer, { key, keyId }: { key: Buffer; keyId: number }): string | undefined {
  if (sent.length <= prefixBytes + nonceBytes + tagBytes) return undefined;
  if (sent[0] !== 1 || sent.readUInt32BE(1) !== keyId) return undefined;
  const nonce = sent.subarray(prefixBytes, prefixBytes + nonceBytes);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce, { authTagLength: tagBytes });
  decipher.setAuthTag(sent.subarray(-tagBytes));
  try {
    const plain = decipher.update(sent.subarray(prefixBytes + nonceBytes, -tagBytes));
    return Buffer.concat([plain, decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
