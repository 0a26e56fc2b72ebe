import type { RoutingPolicy } from '#domain/routing/policy.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { createRouting } from '#services/open-banking/routing.ts';
import type { OpenBankingProvider } from '#services/open-banking/service.ts';
import { addRoutingChange, currentRouting } from '#store/routing/changes.ts';
import type { User } from '#store/users.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
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

/** Use cases on the mocks of all providers. Each gives its banks ids of its own, as real ones do. */
export async function routingContext(): Promise<RoutingContext> {
  const context = await testContext();
  const { clock, entropy } = context;
  const callbackUrl = context.bankCallbackUrlAt('');
  const providers: OpenBankingProvider[] = await Promise.all(
    openBankingProviders.map((definition, seed) =>
      definition.createMock({ clock, entropy, callbackUrl, seed }),
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
  await addRoutingChange(database, { ...change, version: version + 1, policy, at: context.clock.now() });
}

/** Links a bank to the end. */
export async function linked(context: RoutingContext, user: User, bankId: string): Promise<string> {
  const { id, next } = await startConnection(context, user, { bankId, access, locale: 'nb' });
  if (next.kind === 'redirect') await returnFromBank(context, user, { parameters: returnOf(next), access });
  return id;
}
