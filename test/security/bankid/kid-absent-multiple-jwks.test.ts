import { it } from 'vitest';
import { expectRefusal, signInOverridden, startStack } from './stack.ts';

it('refuses an ID token without a kid when several keys might have signed it', async () => {
  const stack = await startStack();
  await expectRefusal(
    signInOverridden(stack, { withoutHeader: ['kid'] }),
    'sign_in_token_invalid',
    /multiple applicable keys/,
  );
});
