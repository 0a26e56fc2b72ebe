import type { Clock } from '#domain/clock.ts';
import type { Entropy } from '#domain/entropy.ts';
import type { OddItems } from '#domain/odd-items.ts';
import type { Outbound } from '#outbound/outbound.ts';
import { createListReader } from '#services/listed-items.ts';
import { createAuthentication } from './authentication.ts';
import { requestAuthorization } from './authorization-request.ts';
import { judgeCallback } from './callback.ts';
import { createMetadataSource, type IssuerMetadata } from './discovery.ts';
import { stateMismatch } from './errors.ts';
import { createIdentification } from './identification.ts';
import { createKeySet } from './jwks.ts';
import type { BankIdOptions } from './options.ts';
import type { BankId, SignInTransaction } from './service.ts';
import { exchangeCode } from './token.ts';
import type { TokenResponse } from './wire.ts';

export interface BankIdContext {
  clock: Clock;
  entropy: Entropy;
  outbound: Outbound;
  /**
   * For metadata and keys. It has its own breaker: Drop caches both, so a failure to fetch them must not block other
   * calls.
   */
  documents: Outbound;
  /** For operators, as a warning: outdated documents in use, and refused ID tokens. */
  log(message: string, details: Record<string, unknown>): void;
  /** Counts the items of an answer that could not be read. */
  onOddItems?: ((odd: OddItems) => void) | undefined;
}

/**
 * The production client, for any OpenID Connect issuer that provides the national identity number in its ID token or
 * through userinfo.
 *
 * @throws {DropError} At creation: `sign_in_unavailable` when the configured addresses are not https or are incomplete,
 * `configuration_invalid` when the configured client authentication cannot be used.
 */
export function createBankIdClient(options: BankIdOptions, context: BankIdContext): BankId {
  const readLists = createListReader({ provider: 'bankid', ...context });
  const ofDocuments = { ...context, outbound: context.documents, readLists };
  const metadataSource = createMetadataSource(options, ofDocuments);
  const jwksUrl = async (): Promise<string> => (await metadataSource.get()).jwks_uri;
  const keys = createKeySet({ ...ofDocuments, jwksUrl });
  const authenticate = createAuthentication(options, context);
  const client = { client_id: options.clientId };
  const identify = createIdentification(options, { ...context, keys });

  async function exchange(
    metadata: IssuerMetadata,
    code: string,
    transaction: SignInTransaction,
  ): Promise<TokenResponse> {
    const prove = authenticate(metadata);
    return exchangeCode(
      { code, ...transaction },
      {
        outbound: context.outbound,
        url: metadata.token_endpoint,
        authenticate: (form, headers) => prove({ ...metadata }, client, form, headers),
      },
    );
  }

  return {
    async startSignIn(request) {
      const metadata = await metadataSource.get();
      const { outbound, entropy } = context;
      const authentication = authenticate(metadata);
      return requestAuthorization(request, { options, metadata, outbound, entropy, authentication });
    },

    async completeSignIn(parameters, transaction) {
      const code = judgeCallback(parameters, transaction, options.issuer);
      const metadata = await metadataSource.get();
      if (metadata.authorization_response_iss_parameter_supported && !parameters.has('iss')) {
        throw stateMismatch('the callback does not name its issuer');
      }
      const tokens = await exchange(metadata, code, transaction);
      return identify(tokens, metadata, transaction);
    },
  };
}
