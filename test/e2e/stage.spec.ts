import { openBankingProviders } from '#services/open-banking/providers.ts';
import { expect, test, type Drop } from './drop.ts';
import { lookEverywhere } from './look-everywhere.ts';

const bankProvider = openBankingProviders[0].displayName;

const stageOf = ({ page }: Drop) => page.getByTestId('stage');
const eventsOf = ({ page }: Drop) => page.getByTestId('stage-events').getByRole('listitem');

async function openStage(drop: Drop): Promise<void> {
  await drop.open();
  await drop.button('Styr sandkassen').click();
  await expect(stageOf(drop).getByLabel('Neste betaling')).toHaveValue('settle');
}

/** Pays, and approves at the bank. The stage has a button whose name is alike. */
async function pay(drop: Drop): Promise<void> {
  await drop.fillPayment();
  await drop.confirmPayment();
  await drop.page.getByRole('button', { name: 'Godkjenn', exact: true }).click();
}

test('the stage lets the bank reject the next payment, and shows what was sent', async ({ drop, page }) => {
  test.slow();
  await drop.begin('customer');
  await openStage(drop);
  await stageOf(drop).getByLabel('Neste betaling').selectOption('avvises av banken');
  await expect(page.getByTestId('announcer')).toContainText('Sandkassen er endret.');
  await pay(drop);
  await expect(drop.heading('Betalingen ble avvist')).toBeVisible();
  await expect(stageOf(drop).getByLabel('Neste betaling')).toHaveValue('settle');
  await expect(
    eventsOf(drop)
      .filter({ hasText: `Kall · ${bankProvider}` })
      .first(),
  ).toBeVisible();
  await expect(eventsOf(drop).filter({ hasText: /Varsel · Slack.*Drop started/ })).toBeVisible();
  await lookEverywhere(drop, 'stage');
});

test('webhooks that the stage holds back arrive when it releases them', async ({ drop, page }) => {
  await drop.begin('customer');
  await openStage(drop);
  await stageOf(drop).getByRole('checkbox', { name: 'Hold tilbake webhooks' }).check();
  await expect(page.getByTestId('announcer')).toContainText('Sandkassen er endret.');
  await pay(drop);
  const held = stageOf(drop).getByRole('checkbox', { name: /^Hold tilbake webhooks \(\d venter\)$/ });
  await expect(eventsOf(drop).filter({ hasText: 'Webhook' })).toHaveCount(0);
  await held.uncheck();
  const arrived = eventsOf(drop).filter({ hasText: `Webhook · ${bankProvider}` });
  await expect(arrived.first()).toContainText(/ 20\d$/);
  await expect(drop.text('250,00 kr er trukket fra kontoen din.')).toBeVisible();
});

test('the stage signs another person in, by keyboard, and closes', async ({ drop, page }) => {
  await drop.begin('signed in');
  await openStage(drop);
  await expect(drop.heading('Hei, Kari')).toBeVisible();
  await stageOf(drop).getByLabel('Person').focus();
  await page.keyboard.type('Ola');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(drop.heading('Hei, Ola')).toBeVisible();
  await stageOf(drop).getByRole('button', { name: 'Lukk' }).press('Enter');
  await expect(stageOf(drop)).toHaveCount(0);
  await expect(drop.button('Styr sandkassen')).toBeFocused();
});
