import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { PaymentRules } from '#domain/banking/payment-rules.ts';
import { listAccounts, type BankAccount } from '#store/bank-accounts.ts';
import type { UseCaseContext } from '#usecases/context.ts';
import { refreshBalance } from '#usecases/banking/refresh-balance.ts';
import { canCheckPayee } from '#usecases/payments/can-check-payee.ts';
import { accountSchema, accountsSchema, type Account } from '../contract/accounts.ts';
import { givenIdSchema } from '../contract/values.ts';
import { attendedAccess, requireUser } from '../customer.ts';
import type { HttpDependencies, HttpEnvironment } from '../environment.ts';
import { json, problems } from './openapi.ts';

const list = createRoute({
  method: 'get',
  path: '/api/accounts',
  summary: 'Linked accounts with their last known balances',
  responses: { 200: json(accountsSchema, 'The accounts'), ...problems(401, 429) },
});

const refresh = createRoute({
  method: 'post',
  path: '/api/accounts/{id}/refresh',
  summary: 'Reads the balance at the bank',
  request: { params: z.object({ id: givenIdSchema }) },
  responses: { 200: json(accountSchema, 'The account'), ...problems(401, 403, 404, 409, 429, 503) },
});

export function accountRoutes(app: OpenAPIHono<HttpEnvironment>, dependencies: HttpDependencies): void {
  const { context } = dependencies;

  app.openapi(list, async (c) => {
    const user = await requireUser(c, dependencies);
    const accounts = await listAccounts(context.store.database, user.id, context.clock.now());
    return c.json({ accounts: accounts.map((account) => shownAccount(context, account)) }, 200);
  });

  app.openapi(refresh, async (c) => {
    const user = await requireUser(c, dependencies);
    const accountId = c.req.valid('param').id;
    const account = await refreshBalance(context, user, {
      accountId,
      access: attendedAccess(c, dependencies),
    });
    return c.json(shownAccount(context, account), 200);
  });
}

function shownAccount(context: UseCaseContext, account: BankAccount): Account {
  return {
    id: account.id,
    connectionId: account.connectionId,
    bankName: account.bankName,
    name: account.name ?? null,
    accountNumber: account.accountNumber ?? null,
    balance: account.balance ?? null,
    balanceKind: account.balanceKind ?? null,
    balanceAt: account.balanceAt?.toISOString() ?? null,
    isPaidSince: account.isPaidSince,
    consentStatus: account.consentStatus,
    payeeCheck: canCheckPayee(context, account) ? 'possible' : 'not_possible',
    paymentRules: shownRules(account.paymentRules),
  };
}

function shownRules(rules: PaymentRules | undefined): Account['paymentRules'] {
  if (rules === undefined) return null;
  const { takesKid, kidLength, textLengthMax, textCharacters, takesInstant, daysAheadMax } = rules;
  return { takesKid, kidLength, textLengthMax, textCharacters, takesInstant, daysAheadMax };
}
