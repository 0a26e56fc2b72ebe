import type { NextStep } from '#domain/banking/next-step.ts';
import type { RoutingPolicy } from '#domain/routing/policy.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { createRouting } from '#services/open-banking/routing.ts';
import type { OpenBankingProvider } from '#services/open-banking/service.ts';
import { addRoutingChange, currentRouting } from '#store/routing/changes.ts';
import type { User } from '#store/users.ts';
import { renewConnection, startConnection } from '#usecases/banking/link-bank.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import { returnOf } from '../../support/bank-return.ts';
import { testContext, type TestContext } from '../../support/context.ts';

export const access = { kind: 'attended', ipAddress: '127.0.0.1', userAgent: 'test' } as const;

export interface RoutingContext extends TestContext {
  /** The mocks of all providers, which are all live; a test may change one. The first is the environment's. */
  providers: OpenBankingProvider[];
  home: string;
  next: string;
}

/**
 * Use cases on the mocks of all providers. Each gives its banks ids of its own, as real ones do. A customer has other
 * accounts at each of them, or the same with `sameAccounts`.
 */
export async function routingContext({ sameAccounts = false } = {}): Promise<RoutingContext> {
  const context = await testContext();
  const { clock, entropy } = context;
  const callbackUrl = context.bankCallbackUrlAt('');
  const providers: OpenBankingProvider[] = await Promise.all(
    openBankingProviders.map((definition, index) =>
      definition.createMock({ clock, entropy, callbackUrl, seed: sameAccounts ? 0 : index }),
    ),
  );
  const [home, next] = openBankingProviders.map(({ id }) => id);
  context.services.openBanking = createRouting(providers, home ?? '');
  return { ...context, providers, home: home ?? '', next: next ?? '' };
}

/** Puts a policy in force. */
export async function inForce(context: RoutingContext, policy: RoutingPolicy | undefined): Promise<void> {
  const { database } = context.store;
  const { version } = await currentRouting(database);
  const change = { kind: 'apply', restores: undefined, by: 'test', reason: 'test' } as const;
  const whole = { ...change, version: version + 1, policy, at: context.clock.now() };
  await addRoutingChange(database, whole, context.entropy.token());
}

/** Links a bank to the end. */
export async function linked(context: RoutingContext, user: User, bankId: string): Promise<string> {
  return returned(context, user, await startConnection(context, user, { bankId, access, locale: 'nb' }));
}

/** Renews a consent to the end, at the provider that the policy says. */
export async function renewed(context: RoutingContext, user: User, former: string): Promise<string> {
  return returned(context, user, await renewConnection(context, user, { id: former, access, locale: 'nb' }));
}

async function returned(
  context: RoutingContext,
  user: User,
  { id, next }: { id: string; next: NextStep },
): Promise<string> {
  if (next.kind === 'redirect') await returnFromBank(context, user, { parameters: returnOf(next), access });
  return id;
}

/** A context in which something else happens after the first answer of the database. */
export function meanwhile(context: RoutingContext, act: () => Promise<unknown>): RoutingContext {
  let isDone = false;
  const database = context.store.database.withPlugin({
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      if (!isDone) {
        isDone = true;
        await act();
      }
      return result;
    },
  });
  return { ...context, store: { ...context.store, database } };
}
