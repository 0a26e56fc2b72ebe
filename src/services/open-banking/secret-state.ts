/**
 * A provider's secrets for one consent or payment: refresh tokens, session ids, device ids. Drop keeps them encrypted
 * and hands them only to the provider that wrote them.
 */
export type ProviderSecrets = Readonly<Record<string, string>>;

/** Reads and replaces the secrets of one consent or payment. */
export interface SecretState {
  /** The latest secrets; undefined where none are kept. */
  read(): Promise<ProviderSecrets | undefined>;

  /**
   * Replaces the secrets with what `update` makes of the latest ones, which it may take from the provider. No other
   * change of the same secrets runs meanwhile, in this process or another, so that a refresh token which may be used
   * once is not used twice. What `update` resolves with is durable when this resolves, whatever the caller does next.
   */
  change(
    update: (latest: ProviderSecrets | undefined) => Promise<ProviderSecrets | undefined>,
  ): Promise<ProviderSecrets | undefined>;
}
