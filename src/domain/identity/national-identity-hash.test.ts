import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createNationalIdentityHasher } from './national-identity-hash.ts';
import { Secret } from '../secret.ts';

const number = new Secret('01818000345');
const old = { id: '2025', key: new Secret('demo-key-of-2025-demo-key-of-2025') };
const young = { id: '2026', key: new Secret('demo-key-of-2026-demo-key-of-2026') };

describe('createNationalIdentityHasher', () => {
  it('hashes under the first key and reports its id', () => {
    const hasher = createNationalIdentityHasher({ keys: [young, old], plain: false });
    expect(hasher.current(number)).toEqual({ keyId: '2026', hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(hasher.candidates(number).map(({ keyId }) => keyId)).toEqual(['2026', '2025']);
  });

  it('finds a hash that was stored while a former key was the current one', () => {
    const stored = createNationalIdentityHasher({ keys: [old], plain: false }).current(number);
    const hasher = createNationalIdentityHasher({ keys: [young, old], plain: false });
    expect(hasher.candidates(number)).toContainEqual(stored);
    expect(hasher.current(number).hash).not.toBe(stored.hash);
  });

  it('differs from the hash of any other use of the same key', () => {
    const { hash } = createNationalIdentityHasher({ keys: [young], plain: false }).current(number);
    expect(hash).toBe('7caa42e2e45a89b41cf38e27eb14f111f184fa8987ea53c70f8d837c04b22bf8');
  });

  it('is SHA-256 of the number alone in plain mode', () => {
    const hasher = createNationalIdentityHasher({ keys: [], plain: true });
    const hash = createHash('sha256').update(number.reveal()).digest('hex');
    expect(hasher.current(number)).toEqual({ hash, keyId: 'plain' });
    expect(hasher.candidates(number)).toEqual([{ hash, keyId: 'plain' }]);
  });

  it('looks up plain hashes last once a key is configured', () => {
    const hasher = createNationalIdentityHasher({ keys: [young], plain: true });
    expect(hasher.candidates(number).map(({ keyId }) => keyId)).toEqual(['2026', 'plain']);
    expect(hasher.current(number).keyId).toBe('2026');
  });

  it('refuses a configuration with neither a key nor plain mode', () => {
    expect(() => createNationalIdentityHasher({ keys: [], plain: false })).toThrow(/with a key/);
  });

  it('refuses two keys with the same id', () => {
    const keys = [young, { ...old, id: young.id }];
    expect(() => createNationalIdentityHasher({ keys, plain: false })).toThrow(/differ/);
  });

  it('refuses another spelling of a number, without repeating it in the error', () => {
    const hasher = createNationalIdentityHasher({ keys: [young], plain: false });
    expect(() => hasher.current(new Secret('018180 00345'))).toThrow(/^assertion failed: only eleven digits/);
  });
});
