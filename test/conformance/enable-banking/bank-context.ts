import { ManualClock, systemClock } from '#domain/clock.ts';
import { onTestFinished } from 'vitest';
import { createRouting } from '#services/open-banking/routing.ts';
import { listAccounts, type BankAccount } from '#store/bank-accounts.ts';
import type { User } from '#store/users.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import { OverriddenWorld } from './overridden-world.ts';
import { callbackUrl } from '../open-banking-stack.ts';
import { customer, testContext, type TestContext } from '../../support/context.ts';
import { redirectUrlOf } from '#domain/banking/next-step.ts';

export const access = { kind: 'attended', ipAddress: '127.0.0.1', userAgent: 'test' } as const;

/** A customer of use cases that reach an emulated bank by the production client, whose answers can be overridden. */
export class BankContext {
  readonly context: TestContext;
  readonly overridden: OverriddenWorld;
  readonly user: User;

  private constructor(context: TestContext, overridden: OverriddenWorld, user: User) {
    this.context = context;
    this.overridden = overridden;
    this.user = user;
  }

  static async start(): Promise<BankContext> {
    // Deadlines of calls run by the system's clock.
    const clock = new ManualClock(systemClock.now());
    const overridden = await OverriddenWorld.start(clock);
    onTestFinished(() => overridden.close());
    const context = await testContext(clock);
    const openBanking = createRouting([overridden.provider], overridden.provider.id);
    const services = { ...context.services, openBanking };
    const user = await customer(context);
    const addresses = {
      bankCallbackUrlAt: () => callbackUrl,
      baseUrl: new URL(overridden.world.stack.webhookUrl).origin,
    };
    return new BankContext({ ...context, services, ...addresses }, overridden, user);
  }

  /** Goes to the bank and approves; returns what brings the browser back. */
  async approve(bankId = 'DNB'): Promise<{ id: string; parameters: URLSearchParams }> {
    const { id, next } = await startConnection(this.context, this.user, {
      bankId,
      access,
      locale: 'nb',
    });
    return { id, parameters: await this.overridden.world.stack.visit(redirectUrlOf(next), 'approve') };
  }

  comeBack(parameters: URLSearchParams): Promise<string> {
    return returnFromBank(this.context, this.user, { parameters, access });
  }

  async link(bankId?: string): Promise<string> {
    const { id, parameters } = await this.approve(bankId);
    await this.comeBack(parameters);
    return id;
  }

  accounts(): Promise<BankAccount[]> {
    return listAccounts(this.context.store.database, this.user.id, this.context.clock.now());
  }

  async statusOf(id: string): Promise<string | undefined> {
    const row = await this.context.store.database
      .selectFrom('bank_connections')
      .select('status')
      .where('id', '=', id)
      .executeTakeFirst();
    return row?.status;
  }
}
