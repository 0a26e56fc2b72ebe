import type { Connection } from '#http/contract/banks.ts';
import { expect, test, type Drop } from './drop.ts';

/** The server's consents with other values. */
async function changeConsents({ page }: Drop, change: Partial<Connection>): Promise<void> {
  await page.unrouteAll({ behavior: 'wait' });
  await page.route('**/api/bank-connections', async (route) => {
    const response = await route.fetch();
    const { connections } = (await response.json()) as { connections: Connection[] };
    const json = { connections: connections.map((connection) => ({ ...connection, ...change })) };
    await route.fulfill({ response, json });
  });
}

test('a bank that is linked twice has one card, on which the older consent is marked as replaced', async ({
  drop,
  page,
}) => {
  await drop.begin('customer');
  await drop.linkBank();
  await expect(drop.text('DNB er koblet til')).toBeVisible();
  await expect(page.getByRole('region', { name: 'DNB' })).toHaveCount(1);
  const [newest, older] = [page.getByTestId('consent').first(), page.getByTestId('consent').last()];
  await expect(newest.getByText('Gjelder til')).toBeVisible();
  await expect(older.getByText('Erstattet av et nyere')).toBeVisible();
  await expect(older.getByText('Gjelder til')).toHaveCount(0);
  await drop.button(/^Trekk tilbake samtykket, det eldre hos DNB/).click();
  const question = page.getByRole('dialog');
  await expect(question).toContainText('Du ser fortsatt saldoen og kan betale');
  await expect(question).not.toContainText('Da ser du ikke lenger saldoen');
  await drop.button('Ja, trekk tilbake').click();
  await expect(drop.heading('Samtykket hos DNB er trukket tilbake')).toBeFocused();
  await expect(page.getByTestId('consent')).toHaveCount(1);
  await expect(drop.text('48 213,50 kr')).toBeVisible();
});

test('the date of a consent fits its status', async ({ drop, page }) => {
  await drop.begin('customer');
  await changeConsents(drop, { status: 'expired', validUntil: '2026-02-03T10:00:00.000Z' });
  await drop.open('/accounts');
  await expect(page.getByTestId('consent').getByText('Utløp', { exact: true })).toBeVisible();
  await expect(page.getByTestId('consent').getByText('03.02.2026')).toBeVisible();
  await changeConsents(drop, { status: 'expired', validUntil: '2099-02-03T10:00:00.000Z' });
  await drop.open('/accounts');
  await expect(drop.text('Utløpt')).toBeVisible();
  await expect(page.getByText(/03\.02\.2099|Gjelder til/)).toHaveCount(0);
});

test("an account's name is Norwegian for a screen reader that reads English", async ({ drop, page }) => {
  await drop.begin('customer');
  await drop.open('/accounts');
  await drop.button('English').click();
  await expect(page.getByRole('heading', { name: 'Brukskonto' })).toHaveAttribute('lang', 'nb');
});
