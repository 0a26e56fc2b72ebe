import { it } from 'vitest';
import { signInBentAt } from './broker.ts';
import { expectRefusal } from './stack.ts';

it('reports a signed answer of userinfo, which Drop does not ask for, as a failed exchange', async () => {
  await expectRefusal(signInBentAt({ as: 'jwt' }), 'sign_in_code_exchange_failed', /not with JSON/);
});
