import { generateKeyPair, randomUUID, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';

export interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

const keyRoles = ['next', 'current', 'previous', 'encryption', 'rsa'] as const;
export type KeyRole = (typeof keyRoles)[number];

/** How key sets are published from now on; for tests of how a relying party handles unusual ones. */
export const publishingSchema = z.strictObject({
  roles: z.array(z.enum(keyRoles)).default([...keyRoles]),
  /** Adds members that are not keys. */
  malformed: z.boolean().default(false),
  /** Gives the encryption key the `kid` of the current signing key. */
  encryptionSharesKid: z.boolean().default(false),
  /** Lists every key twice. */
  twice: z.boolean().default(false),
  /** Lists another signing key with the same `kid` before the current one. */
  namesake: z.boolean().default(false),
  maxAgeSeconds: z.int().min(0).default(300),
  /** Certificates to add to each key, in base64 (RFC 7517, 4.7); they need not match the key. */
  x5c: z.array(z.string()).optional(),
});

/**
 * The issuer's keys, managed as at BankID: a next, a current and a previous signing key for each algorithm, where the
 * next one is published before it signs, and an encryption key in the same set.
 */
export class KeyRing {
  #keys: Map<KeyRole, SigningKey>;
  readonly #initial: Map<KeyRole, SigningKey>;
  #publishing = publishingSchema.parse({});
  /** Never published. */
  readonly unpublished: SigningKey;

  constructor(initial: Map<KeyRole, SigningKey>, unpublished: SigningKey) {
    this.#initial = initial;
    this.#keys = new Map(initial);
    this.unpublished = unpublished;
  }

  static async create(): Promise<KeyRing> {
    const roles = ['next', 'current', 'previous', 'encryption'] as const;
    const keys = await Promise.all(roles.map(async (role) => [role, await newEcKey()] as const));
    return new KeyRing(new Map<KeyRole, SigningKey>(keys), await newEcKey());
  }

  get(role: KeyRole): SigningKey | undefined {
    return this.#keys.get(role);
  }

  get maxAgeSeconds(): number {
    return this.#publishing.maxAgeSeconds;
  }

  /** The next key becomes current; a new key becomes the next. */
  async rotate(): Promise<void> {
    const fresh = await newEcKey();
    const { next, current } = Object.fromEntries(this.#keys);
    this.#keys.set('next', fresh);
    if (next) this.#keys.set('current', next);
    if (current) this.#keys.set('previous', current);
  }

  /** Replaces the current key by a new key with the same `kid`. BankID states that it never does this. */
  async renew(): Promise<void> {
    const { current } = Object.fromEntries(this.#keys);
    if (current) this.#keys.set('current', { ...(await newEcKey()), kid: current.kid });
  }

  async addRsa(): Promise<void> {
    const pair = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
    this.#keys.set('rsa', { kid: randomUUID(), ...pair });
  }

  publish(publishing: z.output<typeof publishingSchema>): void {
    this.#publishing = publishing;
  }

  /** An impostor's key set: the impostor's key with the `kid` of the current key. */
  impostors(): unknown[] {
    return [{ ...publicJwk(this.unpublished), ...uses.current, kid: this.#keys.get('current')?.kid }];
  }

  reset(): void {
    this.#keys = new Map(this.#initial);
    this.#publishing = publishingSchema.parse({});
  }

  published(): unknown[] {
    const { roles, malformed, encryptionSharesKid, twice, namesake, x5c } = this.#publishing;
    const shown = [...this.#keys].filter(([role]) => roles.includes(role));
    const currentKid = this.#keys.get('current')?.kid;
    const keys = shown.map(([role, key]) => {
      const kid = role === 'encryption' && encryptionSharesKid ? currentKid : key.kid;
      return { ...publicJwk(key), ...uses[role], kid, ...(x5c && { x5c }) };
    });
    return [
      ...(malformed ? [null, 'a key', { kty: 'EC', crv: 'P-256' }] : []),
      ...(namesake ? this.impostors() : []),
      ...keys,
      ...(twice ? keys : []),
    ];
  }
}

/**
 * The RSA key is used for RS256 and PS256, so it names no algorithm. The encryption key names none either: it has the
 * same curve as the signing keys, and only `use` distinguishes it.
 */
const uses: Record<KeyRole, { use: string; alg?: string }> = {
  next: { use: 'sig', alg: 'ES256' },
  current: { use: 'sig', alg: 'ES256' },
  previous: { use: 'sig', alg: 'ES256' },
  encryption: { use: 'enc' },
  rsa: { use: 'sig' },
};

/** RFC 7517, section 4, without the members that state the key's purpose. */
export function publicJwk({ publicKey }: SigningKey): Record<string, unknown> {
  return { ...publicKey.export({ format: 'jwk' }) };
}

async function newEcKey(): Promise<SigningKey> {
  const pair = await promisify(generateKeyPair)('ec', { namedCurve: 'P-256' });
  return { kid: randomUUID(), ...pair };
}
