import { createHash } from 'node:crypto';
import type { Clock } from '#domain/clock.ts';
import type { Entropy } from '#domain/entropy.ts';
import { syntheticNationalIdentityNumber } from '#domain/identity/national-identity-number.ts';
import { Secret } from '#domain/secret.ts';
import { judgeCallback } from './callback.ts';
import { codeExchangeFailed } from './errors.ts';
import type { BankId, VerifiedIdentity } from './service.ts';

/** The person who signs in through the mock. */
export interface MockPerson {
  name: string;
  /** `YYYY-MM-DD`. */
  birthdate: string;
}

const issuer = 'https://bankid.mock.invalid';
const personDefault: MockPerson = { name: 'Mia Mock', birthdate: '1990-05-17' };
const codeMs = 60_000;
const codesMax = 1_000;

/**
 * An in-process BankID without a network and without a page: the authorize URL is the callback itself, with a code that
 * can be used once within a minute. The same synthetic adult signs in each time.
 */
export function createBankIdMock(options: {
  clock: Clock;
  entropy: Entropy;
  person?: MockPerson;
}): BankId & { reset(): void } {
  const person = options.person ?? personDefault;
  const codes = new Map<string, { codeVerifier: string; expiresAt: number }>();
  const now = (): number => options.clock.now().getTime();

  return {
    async startSignIn({ redirectUri }) {
      const { token } = options.entropy;
      const [state, nonce, codeVerifier, code] = [token(), token(), token(), token()];
      const transaction = { state, nonce, codeVerifier, redirectUri };
      const [oldest] = codes.keys();
      if (codes.size >= codesMax && oldest !== undefined) codes.delete(oldest);
      codes.set(code, { codeVerifier, expiresAt: now() + codeMs });
      const authorizeUrl = new URL(redirectUri);
      authorizeUrl.searchParams.set('code', code);
      authorizeUrl.searchParams.set('state', state);
      return { authorizeUrl: authorizeUrl.href, transaction };
    },

    async completeSignIn(parameters, transaction) {
      const code = judgeCallback(parameters, transaction, issuer);
      const held = codes.get(code);
      codes.delete(code);
      if (!held || now() >= held.expiresAt)
        throw codeExchangeFailed('the mock does not know the code', { causedByCaller: true });
      if (held.codeVerifier !== transaction.codeVerifier)
        throw codeExchangeFailed('the code is of another sign-in', { causedByCaller: true });
      return identityOf(person);
    },

    reset() {
      codes.clear();
    },
  };
}

function identityOf(person: MockPerson): VerifiedIdentity {
  return {
    issuer,
    subject: createHash('sha256').update(`${person.name} ${person.birthdate}`).digest('hex').slice(0, 32),
    nationalIdentityNumber: new Secret(syntheticNationalIdentityNumber(person.birthdate)),
    name: person.name,
    birthdate: person.birthdate,
    acr: 'urn:bankid:bid;LOA=4',
  };
}
