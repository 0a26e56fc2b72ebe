import { expect, test } from 'vitest';
import { secretStateOf } from '#usecases/banking/secret-state.ts';
import { secretStand } from './secrets.ts';

test('a change that hangs loses its turn with its lease, and its late secrets are refused', async () => {
  const { context, consent } = await secretStand();
  const state = secretStateOf(context, consent);
  const { promise: hasBegun, resolve: begin } = Promise.withResolvers<undefined>();
  const { promise: hanging, resolve: end } = Promise.withResolvers<{ refreshToken: string }>();
  const first = state.change(async () => {
    begin(undefined);
    return hanging;
  });
  const isRefused = expect(first).rejects.toMatchObject({ code: 'internal_error' });
  await hasBegun;
  const second = state.change(async () => ({ refreshToken: 'of the second' }));
  context.clock.advance(30_000);
  expect(await second).toEqual({ refreshToken: 'of the second' });
  end({ refreshToken: 'too late' });
  await isRefused;
  expect(await state.read()).toEqual({ refreshToken: 'of the second' });
});
