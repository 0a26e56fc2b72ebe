/** What a provider gave Drop for one consent or one payment, by names of the provider's own: tokens, session ids. */
export type ProviderSecrets = Readonly<Record<string, string>>;

/** The secrets of one consent or payment, kept encrypted until it ends. */
export interface SecretState {
  /**
   * The latest secrets; undefined while none are kept, and after the consent or payment has ended.
   *
   * @throws {DropError} `internal_error` when they cannot be decrypted.
   */
  read(): Promise<ProviderSecrets | undefined>;

  /**
   * Changes the secrets. `update` gets the latest ones and runs alone for this consent or payment, across all
   * processes, so that a refresh token that may be used once is used once: compare `latest` with the secrets that
   * failed, since another caller may have renewed them. Its calls to the provider end within 25 s. Keep it to the calls
   * that renew the secrets, and never change the same secrets within it.
   *
   * What `update` resolves with is committed before `change` resolves, whatever the caller does afterwards; with
   * undefined, or when `update` throws, the secrets stay as they are. Resolves with the secrets as they then are.
   *
   * @throws {DropError} `consent_expired` or `payment_unknown` when the consent or payment has ended;
   * `bank_unavailable` with outcome `not_sent` when others change the secrets for longer than 35 s; `internal_error`
   * when they cannot be decrypted, or when `update` took so long that another caller has taken its turn; and what
   * `update` throws.
   */
  change(
    update: (latest: ProviderSecrets | undefined) => Promise<ProviderSecrets | undefined>,
  ): Promise<ProviderSecrets | undefined>;
}
