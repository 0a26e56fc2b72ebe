import type { Secret } from '#domain/secret.ts';

/** The values of one version of the secrets, by the names of the environment variables that they stand for. */
export type SecretValues = ReadonlyMap<string, Secret>;

/** What is known of the secrets at one moment. */
export interface SecretVersions {
  current: SecretValues;
  /** Of the version before, for as long as what is signed with it is still taken; empty after that. */
  previous: SecretValues;
}

/** The store of secrets beside the environment and its files. */
export interface Secrets {
  /** Whether a store is configured; otherwise both versions are empty. */
  readonly isOn: boolean;
  /**
   * Reads both versions, within 10 s. Nothing is cached, so callers limit how often they ask.
   *
   * @throws {DropError} `provider_unavailable`, `provider_timeout`, `provider_rate_limited`,
   * `provider_rejected_credentials`; `provider_refused` where a secret is not there; `provider_invalid_response` where
   * one is not JSON with texts. No value is in a message.
   */
  read(): Promise<SecretVersions>;
}

/** How long the former version of a webhook secret is taken after a rotation. */
export const overlapMs = 86_400_000;
