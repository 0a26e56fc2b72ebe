import { deserialize, serialize } from 'node:v8';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { attended, EnableBankingWorld } from './world.ts';
import { accountKey } from '../../support/provider-keys.ts';

let world: EnableBankingWorld;
beforeEach(async () => {
  world = await EnableBankingWorld.start();
});
afterEach(() => world.close());

describe('a restart', () => {
  const restart = (): void => {
    const { persistence } = world.stack.emulator;
    const saved: unknown = deserialize(serialize(persistence?.save()));
    world.stack.emulator.reset();
    persistence?.restore(saved);
  };

  test('ends no consent', async () => {
    const { accounts } = await world.grant('DNB');
    restart();
    expect(
      await world.stack.provider.ais?.readBalance(accountKey(accounts[0]?.reference), attended),
    ).toMatchObject({
      money: { amount: 2_500_000 },
    });
    expect(await world.grant('DNB')).toMatchObject({ accounts: [{}, {}] });
  });

  test.each([0, 700, 1_400, 2_100])('after %i ms lets a payment go on to its end', async (delayMs) => {
    const { accounts } = await world.grant('Nordea');
    const reference = await world.pay('Nordea');
    await world.stack.pass(delayMs);
    restart();
    await world.stack.pass(2_100);
    expect(await world.read(reference)).toMatchObject({ status: 'settled', creditorCredited: true });
    expect(
      await world.stack.provider.ais?.readBalance(accountKey(accounts[0]?.reference), attended),
    ).toMatchObject({
      money: { amount: 2_490_000 },
    });
  });

  test('forgets what was saved in another shape', async () => {
    await world.grant('DNB');
    world.stack.emulator.reset();
    world.stack.emulator.persistence?.restore({ version: 0 });
    expect(world.stack.emulator.state()).toMatchObject({ consents: [] });
  });
});
