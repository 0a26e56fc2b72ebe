import { readFile } from 'node:fs/promises';
import { subjectOf } from '../conformance/provider-subject.ts';
import { expect, test } from './drop.ts';

test('a second payment alike is asked about once more, and names the first', async ({ drop, page }) => {
  await drop.begin('customer');
  await drop.fillPayment();
  await drop.confirmPayment();
  await drop.button('Godkjenn').click();
  await expect(drop.text('250,00 kr er trukket fra kontoen din.')).toBeVisible();
  await drop.fillPayment();
  await drop.confirmPayment();
  const question = page.getByRole('alert');
  await expect(question).toContainText('Vil du betale det samme én gang til?');
  await expect(question).toContainText(/Du startet en betaling på 250,00\skr til Strømselskapet AS .* kl\./);
  await expect(question).toContainText('Den betalingen har nå status: Betalt.');
  await expect(question.getByRole('link', { name: 'Se den første betalingen' })).toBeVisible();
  await drop.look('repeated');
  await drop.button('English').click();
  await expect(question).toContainText('Do you want to pay the same once more?');
  await drop.look('repeated-en');
  await drop.button('Norsk').click();
  await drop.button('Ja, betal én gang til i DNB').click();
  await expect(drop.button('Godkjenn')).toBeVisible();
});

test('a first payment that is not approved is not said to be paid when a second alike is asked about', async ({
  drop,
  page,
}) => {
  await drop.begin('customer');
  await drop.fillPayment();
  await drop.confirmPayment();
  await expect(drop.button('Godkjenn')).toBeVisible();
  await drop.fillPayment();
  await drop.confirmPayment();
  const question = page.getByRole('alert');
  await expect(question).toContainText('Den betalingen har nå status: Venter på godkjenning.');
  await expect(question).not.toContainText(/Du betalte|Du har nettopp betalt/);
  await drop.button('English').click();
  await expect(question).toContainText('The status of that payment is now: Waiting for approval.');
  await expect(question).not.toContainText(/You paid|You have just paid/);
});

test('the balance is read again after a payment has settled, and until then it is said to be old', async ({
  drop,
  page,
  provider,
}) => {
  await drop.begin('customer');
  const { operations } = await subjectOf(provider);
  await drop.fillPayment();
  await drop.confirmPayment();
  await expect(drop.button('Godkjenn')).toBeVisible();
  const broken = { operation: operations.readBalance, effect: 'status', status: 503, times: 99 };
  await drop.control(provider, 'faults', broken);
  await drop.button('Godkjenn').click();
  await expect(drop.text('250,00 kr er trukket fra kontoen din.')).toBeVisible();
  await drop.link('Hjem').click();
  await expect(drop.text('Ikke oppdatert etter den siste betalingen din')).toBeVisible();
  await expect(drop.text('48 213,50 kr')).toBeVisible();
  await drop.look('old-balance');
  await drop
    .link(/^Betal$/)
    .first()
    .click();
  await expect(drop.text('Ikke oppdatert etter den siste betalingen din')).toBeVisible();
  await drop.look('old-balance-pay');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a payment that settles while the customer watches gives a new balance', async ({ drop, page }) => {
  await drop.begin('customer');
  await drop.fillPayment();
  await drop.confirmPayment();
  const refreshed = page.waitForResponse(/\/api\/accounts\/[^/]+\/refresh$/);
  await drop.button('Godkjenn').click();
  await expect(drop.text('250,00 kr er trukket fra kontoen din.')).toBeVisible();
  await refreshed;
  await drop.link('Hjem').click();
  await expect(drop.text('47 963,50 kr')).toBeVisible();
  await expect(drop.text('Oppdatert nå')).toBeVisible();
});

test('a consent that ended while paying is explained, and the other bank can be paid from', async ({
  drop,
  page,
  provider,
}) => {
  await drop.begin('customer');
  await drop.control(provider, 'actions/expire_consents');
  await drop.linkBank('Nordea');
  await expect(drop.text('Nordea er koblet til')).toBeVisible();
  await drop.open('/pay');
  await page.getByLabel('Fra konto').selectOption({ label: 'Brukskonto, DNB' });
  await page.getByLabel('Til kontonummer').fill('15032080178');
  await page.getByLabel('Mottakerens navn').fill('Strømselskapet AS');
  await page.getByLabel('Beløp').fill('250');
  await drop.button('Kontroller betalingen').click();
  await drop.confirmPayment();
  await expect(drop.heading('Samtykket gjelder ikke lenger')).toBeVisible();
  await expect(drop.text('Ingen penger er trukket fra kontoen din.')).toBeVisible();
  await expect(page.getByTestId('review')).toContainText('Strømselskapet AS');
  await drop.look('consent-ended');
  await drop.button('Endre').click();
  await expect(drop.text(/Samtykket til denne kontoen gjelder ikke lenger/)).toBeVisible();
  await expect(drop.link('Forny samtykket')).toBeVisible();
  await drop.look('consent-ended-form');
  await page.reload();
  await expect(drop.text(/Samtykket til denne kontoen gjelder ikke lenger/)).toBeVisible();
  await page.getByLabel('Fra konto').selectOption({ index: 1 });
  await drop.button('Kontroller betalingen').click();
  await drop.confirmPayment('Nordea');
  await expect(drop.button('Godkjenn')).toBeVisible();
});

test('a payment that cannot be called back is put aside, and says so everywhere', async ({
  drop,
  page,
  provider,
}) => {
  const { cancelsPayments } = await subjectOf(provider);
  test.skip(cancelsPayments, 'this provider calls payments back');
  await drop.begin('customer');
  await drop.fillPayment();
  await drop.confirmPayment();
  await expect(drop.button('Godkjenn')).toBeVisible();
  await page.goBack();
  await expect(drop.link('Godkjenn i DNB')).toBeVisible();
  await expect(drop.heading('Om betalingen')).toBeVisible();
  await expect(drop.button('Skriv ut eller lagre')).toHaveCount(0);
  await drop.button('Legg bort betalingen').click();
  await expect(page.getByRole('dialog')).toContainText('godkjenner du den i banken, blir den gjennomført');
  await drop.look('dismiss-dialog');
  await drop.button('Ja, legg bort').click();
  await expect(drop.heading('Du har lagt bort betalingen')).toBeVisible();
  await expect(drop.link('Godkjenn i DNB')).toHaveCount(0);
  await drop.look('dismissed');
  await drop.open('/payments');
  await expect(drop.text('Lagt bort')).toBeVisible();
  await drop.open('/');
  await expect(drop.text('Lagt bort')).toBeVisible();
  await expect(drop.text('Venter på godkjenning')).toHaveCount(0);
  await drop.look('dismissed-home');
});

/** The parts that fade in the status of a payment. */
const fading = `document.getAnimations()
  .filter(({ effect }) => effect.target.matches('.payment-status'))
  .map((animation) => animation.transitionProperty ?? animation.animationName)`;

test('the receipt is downloaded as a PDF, and printed alone with its status and time', async ({
  drop,
  page,
}) => {
  await drop.begin('customer');
  await drop.fillPayment();
  await drop.confirmPayment();
  await drop.button('Godkjenn').click();
  await expect(drop.heading('Kvittering')).toBeVisible();
  await expect(page.locator('.receipt')).toContainText(/StatusBetalt, \d\d\.\d\d\.\d{4} kl\./);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const reference = (await page.locator('.receipt .number').first().textContent()) ?? '';
  expect(reference).toMatch(/^[\dA-Z]{4}-[\dA-Z]{4}$/);
  await drop.button('Kopier Referanse').click();
  await expect(page.getByTestId('announcer')).toHaveText('Kopiert: Referanse');
  await expect(drop.button('Kopiert Referanse')).toBeFocused();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(reference);
  const id = /[^/]+$/.exec(page.url())?.[0] ?? '';
  await expect(page.locator('.receipt').getByText(id)).toBeHidden();
  await page.locator('.receipt').getByText('For kundeservice').click();
  await expect(page.locator('.receipt').getByText(id)).toBeVisible();
  await drop.look('receipt');
  await page.emulateMedia({ colorScheme: 'dark' });
  // The colour came with the drop; that of the theme comes at once.
  expect(await page.evaluate(fading)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  const downloading = page.waitForEvent('download');
  await drop.link('Last ned kvitteringen (PDF)').click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^drop-kvittering-[\d-]{10}-[\da-f]{8}\.pdf$/);
  expect((await readFile(await download.path())).toString('latin1')).toMatch(/^%PDF-1\.7/);
  await page.emulateMedia({ media: 'print' });
  await expect(drop.heading('Kvittering')).toBeVisible();
  for (const hidden of [page.getByRole('heading', { level: 1 }), page.getByTestId('payment-status')])
    await expect(hidden).toBeHidden();
  await expect(page.getByRole('navigation')).toBeHidden();
  await page.screenshot({ path: test.info().outputPath('receipt-print.png'), fullPage: true });
});

for (const { choice, headline } of [
  { choice: 'Avbryt', headline: 'Betalingen ble avbrutt' },
  { choice: 'Banken avviser', headline: 'Betalingen ble avvist' },
]) {
  test(`a payment has no document after "${choice}" at the bank`, async ({ drop }) => {
    await drop.begin('customer');
    await drop.fillPayment();
    await drop.confirmPayment();
    await drop.button(choice).click();
    await expect(drop.heading(headline)).toBeVisible();
    await expect(drop.heading('Om betalingen')).toBeVisible();
    await expect(drop.button('Skriv ut eller lagre')).toHaveCount(0);
  });
}

/** The offsets at which a tap on the visible part of the button would not reach it, while the page is scrolled. */
const coveredAt = `(name) => {
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name);
  const covered = [];
  for (let offset = 0; offset < document.documentElement.scrollHeight; offset += 40) {
    window.scrollTo(0, offset);
    const box = button.getBoundingClientRect();
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, window.innerHeight)];
    const heights = bottom - top > 8 ? [top + 4, (top + bottom) / 2, bottom - 4] : [];
    const isHit = (y) => document.elementFromPoint(box.left + box.width / 2, y)?.closest('button') === button;
    if (!heights.every(isHit)) covered.push(offset);
  }
  window.scrollTo(0, 0);
  return covered;
}`;

for (const size of [
  { width: 390, height: 844 },
  { width: 320, height: 568 },
]) {
  test(`the main action is never covered while paying at ${size.width} × ${size.height}`, async ({
    drop,
    page,
  }) => {
    await page.setViewportSize(size);
    await drop.begin('customer');
    await drop.open('/pay');
    const steps = ['Kontroller betalingen', 'Bekreft og gå til DNB'];
    for (const [index, step] of steps.entries()) {
      if (index === 1) await drop.fillPayment();
      const button = drop.button(step);
      await expect(button).toBeVisible();
      // In one step: what arrives late may move the button between two.
      const covered = await page.evaluate<number[]>(`(${coveredAt})('${step}')`);
      expect(covered, `${step}, covered where scrolled to`).toEqual([]);
      await page.screenshot({ path: test.info().outputPath(`uncovered-${index}.png`) });
      await drop.look(`uncovered-${index}-whole`);
    }
  });
}

test('the warning about the balance is live, and belongs to the amount', async ({ drop, page }) => {
  await drop.begin('customer');
  await drop.open('/pay');
  const amount = page.getByLabel('Beløp');
  const warning = page.getByTestId('balance-warning');
  await expect(warning).toHaveAttribute('role', 'status');
  await expect(warning).toHaveText('');
  await amount.fill('900000');
  await expect(warning).toContainText('sender ikke en betaling den ikke dekker');
  await expect(amount).toHaveAccessibleDescription(/Beløpet er høyere enn saldoen/);
  await expect(amount).toHaveAttribute('aria-required', 'true');
  await expect(page.getByRole('textbox', { name: 'Melding (valgfritt)' })).not.toHaveAttribute(
    'aria-required',
  );
  await drop.look('above-balance');
});
