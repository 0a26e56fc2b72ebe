import type { Customer } from './customer.ts';

/** A new customer's way from the front page to the receipt of a payment; each step tells of itself once it is done. */
export async function payForTheFirstTime(
  customer: Customer,
  appOrigin: string,
  tell: (step: string) => void,
): Promise<void> {
  const steps: [string, () => Promise<void>][] = [
    ['front page', () => visit(customer, appOrigin)],
    ['signed in', () => signIn(customer)],
    ['verified', () => verify(customer)],
    ['bank linked', () => linkBank(customer)],
    ['payment confirmed', () => pay(customer, appOrigin)],
    ['receipt', () => settle(customer)],
    ['payment in the list', () => list(customer, appOrigin)],
  ];
  for (const [step, take] of steps) {
    await take();
    tell(step);
  }
}

async function visit(customer: Customer, appOrigin: string): Promise<void> {
  await customer.open(appOrigin);
  await customer.see('heading', 'Betal rett fra banken din');
  await customer.look('01-front-page');
}

async function signIn(customer: Customer): Promise<void> {
  await customer.click('link', 'Logg inn med BankID');
  await customer.see('heading', 'Hvem vil du logge inn som?');
  await customer.click('button', 'Kari Testnes');
  await customer.see('link', 'Bekreft identiteten');
  await customer.look('02-home-new');
}

async function verify(customer: Customer): Promise<void> {
  await customer.click('link', 'Bekreft identiteten');
  await customer.click('button', 'Start kontrollen');
  await customer.click('radio', 'Godkjent', 'frame');
  await customer.look('03-verify');
  await customer.press('button', 'Send inn', 'frame');
  await customer.see('heading', 'Identiteten er bekreftet');
  await customer.look('04-verified');
}

async function linkBank(customer: Customer): Promise<void> {
  await customer.click('link', 'Velg bank');
  await customer.click('link', 'DNB');
  await customer.see('text', 'Dette deler banken med Drop');
  await customer.look('05-consent');
  await customer.click('button', 'Fortsett til DNB');
  await customer.click('button', 'Kari Testnes');
  await customer.see('heading', 'Hvilke kontoer vil du dele?');
  await customer.click('button', 'Godkjenn');
  await customer.see('text', 'DNB er koblet til');
  await customer.look('06-accounts');
}

async function pay(customer: Customer, appOrigin: string): Promise<void> {
  await customer.open(`${appOrigin}/pay`);
  await customer.fill('Til kontonummer', '15032080178');
  await customer.fill('Mottakerens navn', 'Strømselskapet AS');
  await customer.fill('Beløp', '250,00');
  await customer.click('radio', 'KID');
  await customer.fill('KID', '2345676');
  await customer.look('07-payment');
  await customer.click('button', 'Kontroller betalingen');
  await customer.see('heading', 'Kontroller og bekreft');
  await customer.look('08-review');
  await customer.click('button', 'Bekreft og gå til DNB');
}

async function settle(customer: Customer): Promise<void> {
  await customer.see('heading', 'Godkjenn betaling');
  await customer.click('button', 'Godkjenn');
  // The page updates by itself when the bank reports that the payment has settled.
  await customer.see('text', '250,00 kr er trukket fra kontoen din.');
  await customer.look('09-receipt');
}

async function list(customer: Customer, appOrigin: string): Promise<void> {
  await customer.open(`${appOrigin}/payments`);
  await customer.see('text', 'Strømselskapet AS');
  await customer.look('10-payments');
}
