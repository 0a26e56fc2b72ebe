import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { exportJWK, SignJWT } from 'jose';
import { Agent } from 'undici';
import { expect, it, onTestFinished } from 'vitest';
import { ManualClock, systemClock } from '#domain/clock.ts';
import { isDropError } from '#domain/errors.ts';
import { createOutbound } from '#services/guarded-call.ts';
import { verifyIdToken } from '#services/bankid/id-token.ts';
import { createKeySet } from '#services/bankid/jwks.ts';
import { listenOnLoopback } from '../../support/loopback.ts';
import { expectRefusal, signIn, signInOverridden, startStack } from './stack.ts';

it('accepts a key that was replaced under its kid, after one fetch', async () => {
  const stack = await startStack();
  await signIn(stack.bankId);
  await stack.act('renew_key');
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
  expect(stack.requests('jwks')).toBe(2);
});

it('fetches once for concurrent tokens with the replaced key', async () => {
  const stack = await startStack();
  await signIn(stack.bankId);
  await stack.act('renew_key');
  await Promise.all(Array.from({ length: 20 }, () => signIn(stack.bankId)));
  expect(stack.requests('jwks')).toBe(2);
});

it('accepts the only key after it was replaced, when tokens have no kid', async () => {
  const stack = await startStack();
  await stack.act('publish_keys', { roles: ['current', 'encryption'] });
  const unnamed = { withoutHeader: ['kid'] };
  await signInOverridden(stack, unnamed);
  await stack.act('renew_key');
  await expect(signInOverridden(stack, unnamed)).resolves.toBeDefined();
  expect(stack.requests('jwks')).toBe(2);
});

it('refuses a signature that no newer key verifies, and fetches no more until the cool-down is over', async () => {
  const stack = await startStack();
  await signIn(stack.bankId);
  const attempt = (): Promise<unknown> => signInOverridden(stack, { signature: 'tampered' });
  for (let attempts = 0; attempts < 10; attempts += 1)
    await expectRefusal(attempt(), 'sign_in_token_invalid', /signature verification failed/);
  expect(stack.requests('jwks')).toBe(2);
  stack.clock.advance(30_000);
  await expectRefusal(attempt(), 'sign_in_token_invalid', /signature verification failed/);
  expect(stack.requests('jwks')).toBe(3);
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
});

it('fetches nothing for a token that no key could verify', async () => {
  const stack = await startStack();
  await signIn(stack.bankId);
  for (const override of [
    { alg: 'HS256' },
    { alg: 'none', signature: 'empty' },
    { parts: 2 },
    { header: { kid: 7 } },
    { claims: { aud: 'another' } },
    { claims: { exp: 1 } },
  ])
    await expectRefusal(signInOverridden(stack, override), 'sign_in_token_invalid', /./);
  expect(stack.requests('jwks')).toBe(1);
});

it('does not report a signature as wrong while the keys cannot be fetched', async () => {
  const stack = await startStack();
  await signIn(stack.bankId);
  await stack.act('renew_key');
  stack.faults.add({ operation: 'jwks', effect: 'status', status: 500 });
  await expectRefusal(signIn(stack.bankId), 'sign_in_unavailable', /jwks answered 500/);
  stack.faults.clear();
  stack.clock.advance(30_000);
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
});

const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });

/** Verification against an issuer with a configurable key set, which counts the fetches. */
async function openIssuer(): Promise<{
  clock: ManualClock;
  publish: (keys: readonly object[]) => void;
  fetches: () => number;
  isTaken: (token: string) => Promise<boolean>;
}> {
  const clock = new ManualClock();
  const server = await listenOnLoopback(0);
  const dispatcher = new Agent();
  onTestFinished(async () => {
    await dispatcher.destroy();
    await server.close();
  });
  let keys: readonly object[] = [];
  let fetches = 0;
  server.handle(() => {
    fetches += 1;
    return Response.json({ keys }, { headers: { 'cache-control': 'max-age=86400' } });
  });
  const { origin } = server;
  const outbound = createOutbound({
    provider: 'bankid',
    origins: [origin],
    clock: systemClock,
    dispatcher,
    random: () => 0,
  });
  const keySet = createKeySet({
    clock,
    outbound,
    log: () => undefined,
    readLists: (_operation, parse) => parse(),
    jwksUrl: async () => `${origin}/jwks`,
  });
  const algorithms = ['ES256', 'RS256'];
  return {
    clock,
    publish: (published) => (keys = published),
    fetches: () => fetches,
    isTaken: (token) =>
      verifyIdToken(token, {
        ...keySet,
        issuer: 'issuer',
        clientId: 'drop',
        algorithms,
        now: clock.now(),
      }).then(
        () => true,
        (error: unknown) => {
          if (isDropError(error, 'sign_in_token_invalid')) return false;
          throw error;
        },
      ),
  };
}

const published = async (key: KeyObject, kid: string | undefined = 'one'): Promise<object> => ({
  ...(await exportJWK(key)),
  kid,
});

async function tokenBy(key: KeyObject, kid: string, now: Date): Promise<string> {
  const alg = key.asymmetricKeyType === 'rsa' ? 'RS256' : 'ES256';
  const token = new SignJWT().setProtectedHeader({ alg, kid }).setIssuer('issuer').setAudience('drop');
  return token.setExpirationTime(new Date(now.getTime() + 86_400_000)).sign(key);
}

it('accepts a key of another type under the kid of a known one', async () => {
  const issuer = await openIssuer();
  issuer.publish([await published(elliptic.publicKey)]);
  expect(await issuer.isTaken(await tokenBy(elliptic.privateKey, 'one', issuer.clock.now()))).toBe(true);
  issuer.publish([await published(rsa.publicKey)]);
  expect(await issuer.isTaken(await tokenBy(rsa.privateKey, 'one', issuer.clock.now()))).toBe(true);
  expect(issuer.fetches()).toBe(2);
});

it('accepts the corrected key after an unusable one was published', async () => {
  const issuer = await openIssuer();
  const good = await published(elliptic.publicKey);
  issuer.publish([{ ...good, y: 'AAAA' }]);
  const token = await tokenBy(elliptic.privateKey, 'one', issuer.clock.now());
  expect(await issuer.isTaken(token)).toBe(false);
  issuer.publish([good]);
  issuer.clock.advance(30_000);
  expect(await issuer.isTaken(token)).toBe(true);
});

it('accepts no token that neither cached nor newest keys verify, and fetches once per cool-down', async () => {
  const moves = fc.record({
    waitedMs: fc.integer({ min: 0, max: 40_000 }),
    renewed: fc.boolean(),
    by: fc.constantFrom('published', 'former', 'unpublished', 'unknown name'),
  });
  const [first, second] = [await published(elliptic.publicKey), await published(other.publicKey)];
  await fc.assert(
    fc.asyncProperty(fc.array(moves, { minLength: 1, maxLength: 25 }), async (sequence) => {
      const issuer = await openIssuer();
      let [current, former] = [elliptic, other];
      const publish = (): void => issuer.publish([current === elliptic ? first : second]);
      publish();
      const askedAt: number[] = [];
      for (const { waitedMs, renewed, by } of sequence) {
        issuer.clock.advance(waitedMs);
        if (renewed) [current, former] = [former, current];
        publish();
        const now = issuer.clock.now();
        const signer = { published: current, former, unpublished: rsa, 'unknown name': current }[by];
        const before = issuer.fetches();
        const isTaken = await issuer.isTaken(
          await tokenBy(signer.privateKey, by === 'unknown name' ? 'two' : 'one', now),
        );
        for (let asked = before; asked < issuer.fetches(); asked += 1) askedAt.push(now.getTime());
        if (by === 'unpublished' || by === 'unknown name') expect(isTaken).toBe(false);
        // A fetch for this token returned the newest keys.
        if (by === 'published' && issuer.fetches() > before) expect(isTaken).toBe(true);
      }
      const again = askedAt.slice(1); // without the initial fetch
      for (const [at, time] of again.entries())
        if (at > 0) expect(time - (again[at - 1] ?? 0)).toBeGreaterThanOrEqual(30_000);
    }),
    { numRuns: 40 },
  );
});
