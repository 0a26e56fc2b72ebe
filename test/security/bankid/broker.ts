import { signIn, startStack, type Stack } from './stack.ts';

/** An issuer that provides the number and name through userinfo only, as Signicat does by default. */
export function startBroker(scope = 'openid profile nin'): Promise<Stack> {
  return startStack(
    { identitySource: 'userinfo', nationalIdentityClaims: ['nin'], scope },
    { emulated: { imitated: { issuer: 'signicat' } } },
  );
}

/** Signs in with overrides for the next userinfo answer. */
export async function signInOverriddenAt(override: Record<string, unknown>): Promise<unknown> {
  const stack = await startBroker();
  await stack.act('bend_next_userinfo', override);
  return signIn(stack.bankId);
}
