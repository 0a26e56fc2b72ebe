import { subjectOf } from '../conformance/provider-subject.ts';
import { expect, test } from './drop.ts';

test('who cancels at BankID is met calmly', async ({ drop }) => {
  await drop.signIn('Anders Avbryter');
  await expect(drop.text('Du avbrøt innloggingen')).toBeVisible();
  await drop.look('cancelled-at-bankid');
});

for (const { person, code, screen } of [
  { person: 'Siri Syttenår', code: 'sign_in_under_age', screen: 'under-age' },
  { person: 'Nora Nummerløs', code: 'sign_in_token_invalid', screen: 'token-invalid' },
  { person: 'Nils Nedetid', code: 'sign_in_unavailable', screen: 'bankid-down' },
]) {
  test(`${person} gets a screen for ${code}`, async ({ drop, page }) => {
    await drop.signIn(person);
    await expect(drop.text(code)).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await drop.look(screen);
  });
}

test('a blurred document can be tried again', async ({ drop }) => {
  await drop.begin('signed in');
  await drop.verify(/^Uskarpt dokument/);
  await expect(drop.heading('Vi trenger et nytt forsøk')).toBeVisible();
  await expect(drop.text('Bildet var ikke tydelig nok.')).toBeVisible();
  await drop.look('kyc-retry');
  await drop.verify(/^Godkjent/);
  await expect(drop.heading('Identiteten er bekreftet')).toBeVisible();
});

test('who is not verified is sent to the verification before paying', async ({ drop }) => {
  await drop.begin('signed in');
  await drop.open('/pay');
  await expect(drop.text('Bekreft identiteten først')).toBeVisible();
  await drop.look('not-verified');
});

test('who is not signed in is asked to, and comes back to where they were going', async ({ drop }) => {
  await drop.open('/payments');
  await expect(drop.heading('Logg inn for å fortsette')).toBeVisible();
  await drop.link('Logg inn med BankID').click();
  await drop.button(/Kari Testnes/).click();
  await expect(drop.heading('Ingen betalinger ennå')).toBeVisible();
});

test('a consent that was cancelled shared nothing', async ({ drop, page }) => {
  await drop.begin('verified');
  await drop.open('/banks');
  await page.getByText('DNB', { exact: true }).click();
  await drop.button('Fortsett til DNB').click();
  await drop.button('Avbryt').click();
  await expect(drop.text('Du avbrøt hos banken')).toBeVisible();
  await drop.look('consent-cancelled');
});

test('a bank is called linked only once it is', async ({ drop, page }) => {
  await drop.begin('verified');
  await drop.open('/banks');
  const { id, consentUrl } = await page.evaluate<{ id: string; consentUrl: string }>(
    `fetch('/api/banks')
      .then((answer) => answer.json())
      .then(({ banks }) => fetch('/api/bank-connections', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'accept-language': 'nb' },
        body: JSON.stringify({ bankId: banks.find(({ name }) => name === 'DNB').id }),
      }))
      .then((answer) => answer.json())`,
  );
  await drop.open(`/accounts?connection=${id}`);
  await expect(drop.text('Venter på svar fra DNB')).toBeVisible();
  await expect(drop.text('DNB er koblet til')).toBeHidden();
  await drop.look('connection-pending');
  await page.goto(consentUrl);
  await drop.button('Avbryt').click();
  await expect(drop.text('Du avbrøt hos banken')).toBeVisible();
  await drop.open(`/accounts?connection=${id}`);
  await expect(drop.text('Du avbrøt hos banken')).toBeVisible();
  await drop.open('/banks?outcome=bank_rate_limited');
  await expect(drop.text('Banken svarer ikke')).toBeVisible();
});

test('too little money is said before anything is sent', async ({ drop }) => {
  await drop.begin('customer', { person: 'ola', customer: 'Ola Prøvdal' });
  await drop.fillPayment();
  await drop.confirmPayment();
  await expect(drop.text('Det er ikke nok penger på kontoen. Ingenting er sendt.')).toBeVisible();
  await drop.look('insufficient-funds');
});

test('a payment that was cancelled at the bank moved nothing', async ({ drop }) => {
  await drop.begin('customer');
  await drop.fillPayment();
  await drop.confirmPayment();
  await drop.button('Avbryt').click();
  await expect(drop.text('Betalingen er avbrutt')).toBeVisible();
  await expect(drop.text('Ingen penger har gått fra kontoen din.')).toBeVisible();
  await drop.look('payment-cancelled');
});

test('a payment that the bank rejected moved nothing', async ({ drop }) => {
  await drop.begin('customer');
  await drop.fillPayment();
  await drop.confirmPayment();
  await drop.button('Banken avviser').click();
  await expect(drop.text('Banken avviste betalingen')).toBeVisible();
  await expect(drop.text('Ingen penger har gått fra kontoen din.')).toBeVisible();
  await drop.look('payment-rejected');
});

test('an expired consent is told and can be renewed', async ({ drop, provider }) => {
  await drop.begin('customer');
  await drop.control(provider, 'actions/expire_consents');
  await drop.fillPayment();
  await drop.confirmPayment();
  await expect(drop.heading('Samtykket gjelder ikke lenger')).toBeVisible();
  await expect(drop.text('Ingen penger har gått fra kontoen din.')).toBeVisible();
  // To confirm again would be refused again: the way on is the one to the banks.
  await expect(drop.button(/^Bekreft/)).toHaveCount(0);
  await expect(drop.button('Endre')).toBeVisible();
  await drop.look('consent-expired-at-payment');
  await drop.open('/accounts');
  await expect(
    drop
      .link(/Forny samtykket/)
      .or(drop.button(/Forny samtykket/))
      .first(),
  ).toBeVisible();
  await drop.look('consent-expired-accounts');
});

test('an answer that was lost is said to be unknown', async ({ drop, provider }) => {
  await drop.begin('customer');
  await drop.fillPayment();
  const { operations } = await subjectOf(provider);
  const fault = { operation: operations.initiate, effect: 'drop-after-commit' };
  await drop.control(provider, 'faults', fault);
  await drop.confirmPayment();
  await expect(drop.heading('Vi vet ikke om banken har fått betalingen')).toBeVisible();
  await expect(drop.text(/Ikke betal på nytt/)).toBeVisible();
  await drop.look('payment-unknown');
  await drop.open('/payments');
  await expect(drop.text('Ikke avklart')).toBeVisible();
});

test('a bank that carries out another order is not believed, and the customer is told so', async ({
  drop,
  provider,
}) => {
  await drop.begin('customer');
  await drop.fillPayment();
  await drop.confirmPayment();
  await drop.control(provider, 'actions/misreport_payments', { member: 'amount' });
  await drop.button('Godkjenn').click();
  await expect(drop.heading('Banken gir oss motstridende svar')).toBeVisible();
  await expect(drop.text('Vi vet ikke ennå om pengene har gått. Ikke betal på nytt.')).toBeVisible();
  await expect(drop.link(/Prøv på nytt|Godkjenn/)).toHaveCount(0);
  await drop.look('payment-contradicted');
  await drop.control(provider, 'actions/misreport_payments', { member: 'nothing' });
  await expect(drop.heading('Betalt')).toBeVisible({ timeout: 30_000 });
});

test('a payment that waits at the bank is not said to be unpaid', async ({ drop, page, provider }) => {
  await drop.begin('customer');
  await drop.fillPayment();
  await drop.confirmPayment();
  await expect(drop.button('Godkjenn')).toBeVisible();
  await page.goBack();
  await expect(drop.heading('Venter på at du godkjenner')).toBeVisible();
  await expect(drop.text(/Vi har ikke hørt fra banken om pengene har gått/)).toBeVisible();
  const { cancelsPayments } = await subjectOf(provider);
  await expect(drop.button('Avbryt betalingen')).toHaveCount(cancelsPayments ? 1 : 0);
  await drop.look('payment-waiting');
});

test('a bank that is down is told, and the form keeps what was filled in', async ({ drop, provider }) => {
  await drop.begin('customer');
  await drop.fillPayment();
  await drop.control(provider, 'faults', { operation: '*', effect: 'status', status: 503 });
  await drop.confirmPayment();
  await expect(drop.text(/Banken svarer ikke akkurat nå/)).toBeVisible();
  await drop.look('bank-down');
});

test('the form says what is wrong, field by field', async ({ drop, page }) => {
  await drop.begin('customer');
  await drop.open('/pay');
  await page.getByLabel('Til kontonummer').fill('15032080179');
  await page.getByLabel('Beløp').fill('abc');
  await drop.button('Kontroller betalingen').click();
  await expect(drop.text('Rett dette for å fortsette')).toBeVisible();
  await expect(
    page.getByText('Kontonummeret finnes ikke. Sammenlign sifrene med fakturaen').first(),
  ).toBeVisible();
  await drop.look('form-errors');
});

test('a consent can be withdrawn', async ({ drop }) => {
  await drop.begin('customer');
  await drop.open('/accounts');
  await drop.button(/Trekk tilbake/).click();
  await drop.look('revoke-dialog');
  await drop.button('Ja, trekk tilbake').click();
  await expect(drop.text('Ingen bank er koblet til')).toBeVisible();
  await drop.look('revoked');
});
