import { z } from 'zod';
import { Journey } from '#cli/journey.ts';
import { Visitor, type Visited } from '#cli/visitor.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { accountsSchema } from '#http/contract/accounts.ts';
import { banksSchema } from '#http/contract/banks.ts';
import { paymentSchema, startedPaymentSchema } from '#http/contract/payments.ts';
import { answerOf, type Answer } from './answer.ts';
import { giveAddress } from './mailbox.ts';
import type { World } from './world.ts';

/** What customers try, in this order. */
export const customerSteps = [
  'open the app',
  'sign in',
  'verify identity',
  'see banks',
  'link a bank',
  'read the balance',
  'pay',
] as const;
export type CustomerStep = (typeof customerSteps)[number];

/** What a customer got, by what they tried. */
export type Answers = Readonly<Record<CustomerStep, Answer>>;

const amount = { amount: 1_000, currency: 'NOK' };
const creditor = { name: 'Strømselskapet AS', accountNumber: '15032080178' };
const pagesMax = 5;

/** Customers of a drill: one who is linked and pays, one who is not verified yet, and strangers who sign in. */
export interface Customers {
  /** Tries everything once. */
  tryAll(): Promise<Answers>;
  /** The payments that Drop took, the latest hundred, by what became of them. */
  outcomes(): Promise<ReadonlyMap<string, number>>;
  close(): Promise<void>;
}

/** Signs two customers in, verifies one of them, links a bank and pays once. */
export async function prepareCustomers({ appOrigin: base, emulation }: World): Promise<Customers> {
  const payer = new Visitor();
  const journey = new Journey(base, [], payer);
  await journey.complete();
  await giveAddress(payer, base, emulation);
  const newcomer = new Visitor();
  await new Journey(base, ['ola'], newcomer).signIn();
  const { accounts } = accountsSchema.parse(await read(payer, `${base}/api/accounts`));
  const { banks } = banksSchema.parse(await read(payer, `${base}/api/banks`));
  const [account, bank] = [accounts[0], banks[0]];
  const send = (path: string, body: object = {}): Promise<Visited> =>
    payer.visit(`${base}${path}`, {
      method: 'POST',
      headers: { ...asJson, 'content-type': 'application/json', 'idempotency-key': systemEntropy.uuid() },
      body: JSON.stringify(body),
    });
  const form = { accountId: account?.id, amount, creditor, text: 'Øvelse', acceptsRepeat: true };

  return {
    tryAll: async () => ({
      'open the app': await answerOf(() => payer.visit(`${base}/`, { headers: { accept: 'text/html' } })),
      'sign in': await answerOf(() => signIn(base)),
      'verify identity': await answerOf(() =>
        newcomer.visit(`${base}/api/kyc/initiate`, { headers: asJson }),
      ),
      'see banks': await answerOf(() => payer.visit(`${base}/api/banks`, { headers: asJson })),
      'link a bank': await answerOf(() => send('/api/bank-connections', { bankId: bank?.id })),
      'read the balance': await answerOf(() => send(`/api/accounts/${account?.id}/refresh`)),
      pay: await answerOf(async () => approve(base, payer, await send('/api/payments', form))),
    }),
    outcomes: () => outcomesOf(base, payer),
    close: async () => {
      await Promise.all([journey.close(), newcomer.close()]);
    },
  };
}

const asJson = { accept: 'application/json', 'accept-language': 'nb' };

async function read(visitor: Visitor, address: string): Promise<unknown> {
  return JSON.parse((await visitor.visit(address, { headers: asJson })).body);
}

async function signIn(base: string): Promise<Visited> {
  const stranger = new Visitor();
  try {
    const picker = await stranger.visit(`${base}/api/auth/bankid?returnTo=/`, { headers: asJson });
    const isAtBankId = picker.url.origin !== new URL(base).origin && picker.status < 400;
    return isAtBankId ? await stranger.press(picker) : picker;
  } finally {
    await stranger.close();
  }
}

/** Approves a payment on the bank's pages, where it has any; an answer without an address is the customer's. */
async function approve(base: string, payer: Visitor, answer: Visited): Promise<Visited> {
  const started = answer.status < 400 ? startedPaymentSchema.parse(JSON.parse(answer.body)) : undefined;
  if (started?.redirectUrl === undefined) return answer;
  let page = await payer.visit(started.redirectUrl, { headers: { accept: 'text/html' } });
  for (let pages = 0; pages < pagesMax && page.url.origin !== new URL(base).origin; pages += 1) {
    if (page.status >= 400) return page;
    page = await payer.press(page, 'approve');
  }
  return page;
}

const pageSchema = z.object({ payments: z.array(paymentSchema.pick({ status: true })) });

async function outcomesOf(base: string, payer: Visitor): Promise<ReadonlyMap<string, number>> {
  const { payments } = pageSchema.parse(await read(payer, `${base}/api/payments?limit=100`));
  const counts = new Map<string, number>();
  for (const { status } of payments) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts;
}
