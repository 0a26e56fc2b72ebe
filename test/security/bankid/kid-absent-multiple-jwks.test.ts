import { it } from 'vitest';
import { expectRefusal, signInOverridden, startStack } from './stack.ts';

it('refuses an ID token that names no key when several might have signed it', async () => {
  const stack = await startStack();
  await expectRefusal(
    signInOverridden(stack, { withoutHeader: ['kid'] }),
    'sign_in_token_invalid',
    /multiple applicable keys/,
  );
});
