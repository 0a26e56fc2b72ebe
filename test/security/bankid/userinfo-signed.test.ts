import { it } from 'vitest';
import { signInOverriddenAt } from './broker.ts';
import { expectRefusal } from './stack.ts';

it('reports a signed answer of userinfo, which Drop does not ask for, as a failed exchange', async () => {
  await expectRefusal(signInOverriddenAt({ as: 'jwt' }), 'sign_in_code_exchange_failed', /not with JSON/);
});
