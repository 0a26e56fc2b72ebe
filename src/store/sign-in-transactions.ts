import type { Queries } from './database.ts';
import { sha256 } from './hash.ts';

export interface KeptSignIn {
  state: string;
  nonce: string;
  codeVerifier: string;
  redirectUri: string;
  /** A path of this site. */
  returnTo: string;
}

/** Keeps what a sign-in needs on its return. `browserToken` is the cookie that binds it to one browser. */
export async function keepSignIn(
  queries: Queries,
  signIn: KeptSignIn,
  binding: { browserToken: string; at: Date; expiresAt: Date },
): Promise<void> {
  await queries
    .insertInto('sign_in_transactions')
    .values({
      state_hash: sha256(signIn.state),
      browser_hash: sha256(binding.browserToken),
      nonce: signIn.nonce,
      code_verifier: signIn.codeVerifier,
      redirect_uri: signIn.redirectUri,
      return_to: signIn.returnTo,
      created_at: binding.at,
      expires_at: binding.expiresAt,
    })
    .execute();
}

/** Takes a sign-in out for its one use; undefined when there is none, it was used, is too old or another browser's. */
export async function takeSignIn(
  queries: Queries,
  state: string,
  binding: { browserToken: string; at: Date },
): Promise<KeptSignIn | undefined> {
  const row = await queries
    .updateTable('sign_in_transactions')
    .set({ consumed_at: binding.at })
    .where('state_hash', '=', sha256(state))
    .where('browser_hash', '=', sha256(binding.browserToken))
    .where('consumed_at', 'is', null)
    .where('expires_at', '>', binding.at)
    .returning(['nonce', 'code_verifier', 'redirect_uri', 'return_to'])
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    state,
    nonce: row.nonce,
    codeVerifier: row.code_verifier,
    redirectUri: row.redirect_uri,
    returnTo: row.return_to,
  };
}

export async function forgetOldSignIns(queries: Queries, before: Date): Promise<void> {
  await queries.deleteFrom('sign_in_transactions').where('expires_at', '<', before).execute();
}
