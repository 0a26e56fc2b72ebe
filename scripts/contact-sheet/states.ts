import { Journey } from '#cli/journey.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import type { RunningSandbox } from '../../test/support/sandbox.ts';
import { expiredPayment, unknownPayment } from './unanswered-payments.ts';

/** A state of the app: its name on the sheet, and where it is seen. */
export interface State {
  name: string;
  path: string;
}

/** A browser session, by its cookies, and the states of the app that are seen in it. */
export interface Viewer {
  cookies: { name: string; value: string }[];
  states: State[];
}

const visitor: State[] = [
  { name: 'Front page', path: '/' },
  { name: 'Sign-in', path: '/sign-in' },
  { name: 'Signed out', path: '/sign-in?outcome=signed_out' },
  { name: 'Help', path: '/help' },
  { name: 'About Drop', path: '/about' },
  { name: 'Terms', path: '/terms' },
  { name: 'Accessibility', path: '/accessibility' },
  { name: 'Not found', path: '/nowhere' },
];

const newcomer: State[] = [
  { name: 'New: home', path: '/' },
  { name: 'New: identity', path: '/verify' },
  { name: 'New: pay', path: '/pay' },
  { name: 'New: payments', path: '/payments' },
  { name: 'New: accounts', path: '/accounts' },
];

const customer: State[] = [
  { name: 'Home', path: '/' },
  { name: 'Pay', path: '/pay' },
  { name: 'Payments', path: '/payments' },
  { name: 'Accounts', path: '/accounts' },
  { name: 'Consents', path: '/consents' },
  { name: 'Recipients', path: '/recipients' },
  { name: 'Link a bank', path: '/banks' },
  { name: 'Notifications', path: '/notifications' },
  { name: 'Settings', path: '/settings' },
  { name: 'Profile', path: '/profile' },
  { name: 'Devices', path: '/devices' },
  { name: 'Privacy', path: '/privacy' },
];

/** A visitor, a customer who has just signed in, and one who has paid, was refused and has a payment to approve. */
export async function viewersOf(sandbox: RunningSandbox): Promise<Viewer[]> {
  const newJourney = new Journey(sandbox.appOrigin, ['ola']);
  await newJourney.signIn();
  const { cookies, payments } = await payingCustomer(sandbox);
  return [
    { cookies: [], states: visitor },
    { cookies: newJourney.cookies, states: newcomer },
    { cookies, states: [...customer, ...payments] },
  ];
}

async function payingCustomer(
  sandbox: RunningSandbox,
): Promise<{ cookies: Viewer['cookies']; payments: State[] }> {
  const journey = new Journey(sandbox.appOrigin, ['kari', 'Kari Testnes']);
  await journey.signIn();
  await journey.verify();
  await journey.linkBank();
  const payments: State[] = [];
  const open = (name: string, id: string | undefined): unknown =>
    payments.push({ name, path: `/payments/${id}` });
  const keep = (name: string): unknown => open(name, journey.paymentId);
  await journey.pay();
  await journey.approve();
  await journey.awaitSettlement();
  keep('Payment: paid');
  for (const [name, outcome] of refusals) {
    await sandbox.control('POST', nextOutcome, { outcome });
    await journey.pay();
    await journey.approve();
    keep(name);
  }
  await sandbox.control('POST', nextOutcome, { outcome: 'settle' });
  open('Payment: expired', await expiredPayment(journey, sandbox.appOrigin));
  open('Payment: unknown', await unknownPayment(journey, sandbox.appOrigin));
  await journey.pay();
  keep('Payment: to approve');
  await journey.readBalance();
  return { cookies: journey.cookies, payments };
}

const nextOutcome = `/${openBankingProviders[0].id}/actions/payment_outcome`;
const refusals = [
  ['Payment: rejected', 'reject'],
  ['Payment: no cover', 'insufficient_funds'],
  ['Payment: at the bank', 'stall'],
] as const;
