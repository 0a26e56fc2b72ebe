import { expect, onTestFinished, test } from 'vitest';
import { bankCustomers } from '#sandbox/people.ts';
import { openBankingProviders, type ProviderId } from '#services/open-banking/providers.ts';
import { creditor, Journey } from '#cli/journey.ts';
import { Visitor } from '#cli/visitor.ts';
import { subjectOf } from '../conformance/provider-subject.ts';
import { people, strangersNumber } from './canary/errors.ts';
import { Exceptions } from './canary/exceptions.ts';
import { search, type Canary } from './canary/forms.ts';
import { secretsOf } from './canary/secrets.ts';
import { inBrowser } from './canary/sign-in-exceptions.ts';
import { startCanaryStack, type CanaryStack } from './canary/stack.ts';

const effects = ['status', 'malformed', 'reset', 'empty'] as const;

/** Somebody at the beginning of a journey; gone with the test. */
function journeyOf({ appOrigin }: CanaryStack, person = 'kari'): Journey {
  const journey = new Journey(appOrigin, [person]);
  onTestFinished(() => journey.close());
  return journey;
}

interface Stage {
  provider: string;
  /** What needs it, each to be met by every fault. */
  steps: (() => Promise<unknown>)[];
  /** So that no breaker keeps the next fault away. */
  succeed: () => Promise<unknown>;
}

/** What each provider is needed for, by somebody who has come as far as the step before. */
async function stagesOf(stack: CanaryStack, linked: Journey, openBanking: ProviderId): Promise<Stage[]> {
  const signIn = (): Promise<string> => journeyOf(stack).signIn();
  const unverified = journeyOf(stack, 'ola');
  await unverified.signIn();
  const cookie = unverified.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const initiate = (): Promise<Response> =>
    fetch(`${stack.appOrigin}/api/kyc/initiate`, { headers: { cookie } });
  return [
    { provider: 'bankid', steps: [signIn], succeed: signIn },
    { provider: 'sumsub', steps: [() => unverified.verify()], succeed: initiate },
    {
      provider: openBanking,
      steps: [() => linked.linkBank(), () => linked.readBalance(), () => linked.pay()],
      succeed: () => linked.linkBank(),
    },
  ];
}

async function meetEveryFault(stack: CanaryStack, stages: readonly Stage[]): Promise<void> {
  for (const { provider, steps, succeed } of stages)
    for (const effect of effects)
      for (const step of steps) {
        stack.fault({ operation: '*', effect, status: 500 }, provider);
        await expect(step()).rejects.toThrow();
        stack.clearFaults();
        await succeed();
      }
}

/** What somebody sends who puts a number wherever there is room for one. */
async function sendNumbers({ appOrigin }: CanaryStack, number: string): Promise<void> {
  const visitor = new Visitor();
  for (const path of [
    `/api/auth/bankid/callback?code=${number}&state=${number}`,
    `/api/auth/bankid/callback?error=${number}&error_description=${number}&state=x`,
    `/api/openbanking/callback?code=${number}&state=${number}`,
    `/api/payments/${number}`,
  ])
    await visitor.visit(`${appOrigin}${path}`);
  const headers = { 'content-type': 'application/json', 'idempotency-key': 'x'.repeat(20) };
  for (const path of [
    '/api/payments',
    '/api/bank-connections',
    '/api/kyc/webhook',
    '/api/openbanking/webhook',
  ])
    for (const body of [JSON.stringify({ [number]: number, accountId: number }), `{"x": ${number}`])
      await visitor.visit(`${appOrigin}${path}`, { method: 'POST', headers, body });
  await visitor.close();
}

/** What the faults come to. */
const met = ['sign_in_unavailable', 'kyc_unavailable', 'bank_unavailable'];

/** Where a state is found that came back from a bank. */
const exceptionsOfStates = [
  {
    sink: 'database bank_connections.state_hash',
    canary: 'state',
    form: /^sha256 hex$/,
    reason: 'to find the consent; 256 random bits cannot be tried',
  },
  {
    sink: 'database transactions.state_hash',
    canary: 'state',
    form: /^sha256 hex$/,
    reason: 'to find the payment; likewise',
  },
];

const exceptionsOfAJourney = [
  ...inBrowser,
  ...['bank_accounts.account_number', 'transactions.debtor_account_number'].map((column) => ({
    sink: `database ${column}`,
    canary: 'account number',
    form: /^plain$/,
    reason: 'what the customer sees and pays from',
  })),
  {
    sink: 'database transactions.creditor_account_number',
    canary: 'account of another',
    form: /^plain$/,
    reason: 'who is paid',
  },
  {
    sink: 'other addresses',
    canary: 'hosted page',
    form: /^plain$/,
    reason: 'where the customer goes',
  },
  {
    sink: 'other addresses',
    canary: 'number of a stranger',
    form: /^plain$/,
    reason: 'the test put it there',
  },
  {
    sink: 'answers of failed requests',
    canary: 'number of a stranger',
    form: /^plain$/,
    reason: 'the name of a field that is not known, told to whoever sent it',
  },
];

const canariesOf = (stack: CanaryStack): Canary[] => [
  ...secretsOf(stack.exchanges),
  ...people.map(({ nationalIdentityNumber: value }) => ({ name: 'national number', value })),
  { name: 'number of a stranger', value: strangersNumber },
  ...bankCustomers.flatMap(({ accounts }) =>
    accounts.map(({ accountNumber: value }) => ({ name: 'account number', value })),
  ),
  { name: 'account of another', value: creditor.accountNumber },
  ...stack.configured,
];

test.each(openBankingProviders.map(({ id }) => id))(
  'after a journey and every fault, with %s, no secret is where it need not be',
  async (id) => {
    const { returnsState, operations } = await subjectOf(id);
    const states = returnsState ? exceptionsOfStates : [];
    const exceptions = new Exceptions([...exceptionsOfAJourney, ...states]);
    const stack = await startCanaryStack({ OPENBANKING_PROVIDER: id });
    const journey = journeyOf(stack);
    await journey.complete();
    await sendNumbers(stack, strangersNumber);
    await meetEveryFault(stack, await stagesOf(stack, journey, id));
    // A payment that is open keeps the link to its bank's page.
    await journey.pay();
    // The last alert is refused, and goes to the log in its place.
    stack.fault({ operation: '*', effect: 'status', status: 404 }, 'slack');
    const sinks = await stack.end();
    // That the search can find at all: each place holds what it should.
    expect(sinks.get('database users.name')).toContain('Kari Testnes');
    for (const code of met) expect(sinks.get('log')).toContain(`"code":"${code}"`);
    expect(sinks.get('database transactions.redirect_url')).toMatch(/v1\./);
    expect(sinks.get('log')).toContain('Drop is shutting down');
    expect(sinks.get('metrics')).toContain('# HELP');
    expect(sinks.get('Slack')).toContain('Drop started');
    expect(sinks.get('traces')).toContain(operations.initiate);
    expect(exceptions.unexcused(search(sinks, canariesOf(stack)))).toEqual([]);
    expect(exceptions.unneeded()).toEqual([]);
  },
  120_000,
);
