import { subjectOf } from '../conformance/provider-subject.ts';
import { expect, test } from './drop.ts';

test('cancelling at BankID leads back to the sign-in screen', async ({ drop }) => {
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

test('a customer with a blurred document can try again', async ({ drop }) => {
  await drop.begin('signed in');
  await drop.verify(/^Uskarpt dokument/);
  await expect(drop.heading('Du må prøve på nytt')).toBeVisible();
  await expect(drop.text('Bildet var ikke tydelig nok.')).toBeVisible();
  await drop.look('kyc-retry');
  await drop.verify(/^Godkjent/);
  await expect(drop.heading('Identiteten er bekreftet')).toBeVisible();
});

test('a customer who is not verified is sent to the identity check before paying', async ({ drop }) => {
  await drop.begin('signed in');
  await drop.open('/pay');
  await expect(drop.text('Identiteten din må være bekreftet først')).toBeVisible();
  await drop.look('not-verified');
});

test('a visitor who opens a protected page signs in and returns to that page', async ({ drop }) => {
  await drop.open('/payments');
  await expect(drop.heading('Logg inn for å fortsette')).toBeVisible();
  await drop.link('Logg inn med BankID').click();
  await drop.button(/Kari Testnes/).click();
  await expect(drop.heading('Ingen betalinger ennå')).toBeVisible();
});

test('cancelling a consent at the bank says that nothing was shared', async ({ drop, page }) => {
  await drop.begin('verified');
  await drop.open('/banks');
  await page.getByText('DNB', { exact: true }).click();
  await drop.button('Fortsett til DNB').click();
  await drop.button('Avbryt').click();
  await expect(drop.text('Du avbrøt, og ingen opplysninger ble delt.')).toBeVisible();
  await expect(drop.text(/ingen opplysninger ble delt/)).toBeVisible();
  await drop.look('consent-cancelled');
});

test('a bank is shown as linked only after its consent is given', async ({ drop, page }) => {
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
  await expect(drop.text('Du avbrøt, og ingen opplysninger ble delt.')).toBeVisible();
  await drop.open(`/accounts?connection=${id}`);
  await expect(drop.text('Du avbrøt, og ingen opplysninger ble delt.')).toBeVisible();
  await drop.open('/banks?outcome=bank_rate_limited');
  await expect(drop.text('Banken svarer ikke')).toBeVisible();
});

test('a return from the bank that Drop does not recognise leads to the payments', async ({ drop }) => {
  await drop.begin('signed in');
  await drop.open('/api/openbanking/callback?state=unknown');
  await expect(drop.heading('Vi kjenner ikke igjen svaret fra banken')).toBeVisible();
  await expect(drop.text(/må du se under Betalinger før du betaler på nytt/)).toBeVisible();
  await expect(drop.link('Se betalinger')).toBeVisible();
  await drop.look('return-unknown');
});

test('a payment above the balance is refused before anything is sent', async ({ drop }) => {
  await drop.begin('customer', { person: 'ola', customer: 'Ola Prøvdal' });
  await drop.fillPayment();
  await drop.confirmPayment();
  await expect(drop.text('Det er ikke nok penger på kontoen. Betalingen er ikke sendt.')).toBeVisible();
  await drop.look('insufficient-funds');
});

test('a payment cancelled at the bank says that no money has left the account', async ({ drop }) => {
  await drop.begin('customer');
  await drop.fillPayment();
  await drop.confirmPayment();
  await drop.button('Avbryt').click();
  await expect(drop.text('Betalingen ble avbrutt')).toBeVisible();
  await expect(drop.text('Ingen penger er trukket fra kontoen din.')).toBeVisible();
  await drop.look('payment-cancelled');
});

test('a rejected payment says that no money has left the account', async ({ drop }) => {
  await drop.begin('customer');
  await drop.fillPayment();
  await drop.confirmPayment();
  await drop.button('Banken avviser').click();
  await expect(drop.text('Betalingen ble avvist')).toBeVisible();
  await expect(drop.text('Ingen penger er trukket fra kontoen din.')).toBeVisible();
  await expect(drop.heading('Om betalingen')).toBeVisible();
  await expect(drop.heading('Kvittering')).toHaveCount(0);
  await drop.look('payment-rejected');
});

test('a payment from an account with an expired consent leads to renewing the consent', async ({
  drop,
  provider,
}) => {
  await drop.begin('customer');
  await drop.control(provider, 'actions/expire_consents');
  await drop.fillPayment();
  await drop.confirmPayment();
  await expect(drop.heading('Samtykket gjelder ikke lenger')).toBeVisible();
  await expect(drop.text('Ingen penger er trukket fra kontoen din.')).toBeVisible();
  // Confirming again would be refused again, so the screen leads to the banks.
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
  await expect(drop.page.getByText('Gjelder til')).toHaveCount(0);
  await drop.look('consent-expired-accounts');
});

test('a payment whose answer was lost is shown as unknown', async ({ drop, provider }) => {
  await drop.begin('customer');
  await drop.fillPayment();
  const { operations } = await subjectOf(provider);
  const fault = { operation: operations.initiate, effect: 'drop-after-commit' };
  await drop.control(provider, 'faults', fault);
  await drop.confirmPayment();
  await expect(drop.heading('Vi vet ikke ennå om banken har fått betalingen')).toBeVisible();
  await expect(drop.text(/Ikke betal på nytt/)).toBeVisible();
  await drop.look('payment-unknown');
  await drop.open('/payments');
  await expect(drop.text('Uavklart')).toBeVisible();
});

test('a bank that reports another order than the approved one is shown as contradicting itself', async ({
  drop,
  provider,
}) => {
  await drop.begin('customer');
  await drop.fillPayment();
  await drop.confirmPayment();
  await expect(drop.button('Godkjenn')).toBeVisible();
  await drop.control(provider, 'actions/misreport_payments', { member: 'amount' });
  await drop.button('Godkjenn').click();
  await expect(drop.heading('Banken gir oss motstridende svar')).toBeVisible();
  await expect(
    drop.text('Vi vet ikke ennå om pengene er trukket fra kontoen din. Ikke betal på nytt.'),
  ).toBeVisible();
  await expect(drop.link(/Prøv på nytt|Godkjenn/)).toHaveCount(0);
  await drop.look('payment-contradicted');
  await drop.control(provider, 'actions/misreport_payments', { member: 'nothing' });
  await expect(drop.heading('Betalt')).toBeVisible();
});

test('a payment waiting for approval does not claim that no money has left the account', async ({
  drop,
  page,
  provider,
}) => {
  await drop.begin('customer');
  await drop.fillPayment();
  await drop.confirmPayment();
  await expect(drop.button('Godkjenn')).toBeVisible();
  await page.goBack();
  await expect(drop.heading('Venter på godkjenning i banken')).toBeVisible();
  await expect(drop.text(/Vi vet ikke ennå om pengene er trukket/)).toBeVisible();
  const { cancelsPayments } = await subjectOf(provider);
  await expect(drop.button('Avbryt betalingen')).toHaveCount(cancelsPayments ? 1 : 0);
  await drop.look('payment-waiting');
});

test('a bank that is down shows an error and keeps the payment on the screen', async ({ drop, provider }) => {
  await drop.begin('customer');
  await drop.fillPayment();
  await drop.control(provider, 'faults', { operation: '*', effect: 'status', status: 503 });
  await drop.confirmPayment();
  await expect(drop.text(/Banken svarer ikke akkurat nå/)).toBeVisible();
  await drop.look('bank-down');
});

test('the payment form shows each fault at its field', async ({ drop, page }) => {
  await drop.begin('customer');
  await drop.open('/pay');
  await page.getByLabel('Til kontonummer').fill('15032080179');
  await page.getByLabel('Beløp').fill('abc');
  await drop.button('Kontroller betalingen').click();
  await expect(drop.text('Rett dette for å fortsette')).toBeVisible();
  await expect(
    page.getByText('Kontonummeret er ikke gyldig. Sjekk at du har skrevet alle sifrene riktig').first(),
  ).toBeVisible();
  await drop.look('form-errors');
});

test('withdrawing a consent asks for confirmation and then says that it is withdrawn', async ({ drop }) => {
  await drop.begin('customer');
  await drop.open('/accounts');
  await drop.button(/Trekk tilbake/).click();
  await drop.look('revoke-dialog');
  await drop.button('Ja, trekk tilbake').click();
  await expect(drop.heading('Samtykket hos DNB er trukket tilbake')).toBeVisible();
  await expect(drop.text('Ingen bank er koblet til')).toBeVisible();
  await drop.look('revoked');
});
