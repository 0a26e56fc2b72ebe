import { expect, test } from 'vitest';
import type { Bank } from '#http/contract/banks.ts';
import { signedIn, testApp } from '../support/http-app.ts';
import { inForce, linked, routingContext } from '../usecases/routing/routing-context.ts';

test('a renewal names the company of before where another one serves it, and only then', async () => {
  const context = await routingContext();
  const { home, next } = context;
  const kari = await signedIn(context);
  const dnb = async (query: string): Promise<Bank | undefined> => {
    const answer = await testApp(context).request(`/api/banks${query}`, kari);
    return ((await answer.json()) as { banks: Bank[] }).banks.find(({ name }) => name === 'DNB');
  };
  const [company, nextCompany = null] = context.providers.map(({ intermediary = null }) => intermediary);
  expect(company).not.toBe(nextCompany);
  const consent = await linked(context, kari.user, (await dnb(''))?.id ?? '');
  expect(await dnb(`?renews=${consent}`)).toMatchObject({ readThrough: company, movesFrom: null });
  await inForce(context, { salt: 's', home, moves: [{ to: next, whom: 'everyone', sharePercent: 100 }] });
  expect(await dnb(`?renews=${consent}`)).toMatchObject({
    readThrough: nextCompany,
    movesFrom: { readThrough: company },
  });
  expect(await dnb('')).toMatchObject({ readThrough: nextCompany, movesFrom: null });
});
