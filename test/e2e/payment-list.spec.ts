import type { Route } from '@playwright/test';
import type { Payment, Payments } from '#http/contract/payments.ts';
import { expect, test, type Drop } from './drop.ts';

const payment = (number: number): Payment => ({
  id: `019a0000-0000-7000-8000-00000000000${number}`,
  reference: `0000-000${number}`,
  status: 'settled',
  moneyMoved: 'yes',
  isContradicted: false,
  creditorCredited: false,
  reason: null,
  amount: { amount: number * 12_345, currency: 'NOK' },
  creditor: { name: `Strømselskapet ${number}`, accountNumber: '15032080178' },
  kid: null,
  text: null,
  instant: false,
  executionDate: null,
  debtor: { accountId: '019a0000-0000-7000-8000-00000000000a', bankName: 'DNB', accountNumber: null },
  bankReference: null,
  isCancellable: false,
  isDismissable: false,
  dismissedAt: null,
  redirectUrl: null,
  next: { kind: 'none' },
  createdAt: '2026-02-23T13:30:00.000Z',
  settledAt: '2026-02-23T13:31:00.000Z',
  timeline: [],
  documents: ['receipt'],
});

/** Answers as the server would: two pages, one payment for `strøm 3`, and an empty first page for `eldgammel`. */
function answer(route: Route): Promise<void> {
  const isSecond = route.request().url().includes('cursor');
  const text = decodeURIComponent(route.request().headers()['drop-search'] ?? '');
  const pages: Record<string, Payments[]> = {
    '': [
      { payments: [payment(4), payment(3)], nextCursor: payment(3).id },
      { payments: [payment(2), payment(1)], nextCursor: null },
    ],
    'strøm 3': [{ payments: [payment(3)], nextCursor: null }],
    eldgammel: [
      { payments: [], nextCursor: payment(2).id },
      { payments: [payment(1)], nextCursor: null },
    ],
  };
  return route.fulfill({ json: pages[text]?.[isSecond ? 1 : 0] ?? { payments: [], nextCursor: null } });
}

test('a customer goes through the pages, searches, comes back to the search, and downloads a statement', async ({
  drop,
  page,
}) => {
  const rows = page.locator('.payment-day li');
  const days = page.locator('.payment-day h3');
  const field = page.getByRole('searchbox', { name: 'Søk' });
  const said = page.getByTestId('announcer');
  await drop.begin('signed in');
  const asked: string[] = [];
  await page.route(/\/api\/payments(\?.*)?$/, (route) => {
    asked.push(route.request().url());
    return answer(route);
  });
  await drop.open('/payments');
  await expect(rows).toHaveCount(2);
  await expect(days).toHaveText(['Mandag 23. februar']);
  await expect(rows.first()).toContainText('14.30');
  await drop.button('Vis flere').press('Enter');
  await expect(rows).toHaveCount(4);
  await expect(rows.nth(2).getByRole('link')).toBeFocused();
  await expect(said).toHaveText('Viser 4 betalinger');
  await expect(drop.button('Vis flere')).toHaveCount(0);

  await field.fill('strøm 3');
  await field.press('Enter');
  await expect(drop.heading('Betalinger, nyeste først')).toBeFocused();
  await expect(rows).toHaveCount(1);
  await expect(said).toHaveText('Viser 1 betaling');
  await expect(drop.button('Nullstill søket')).toBeVisible();
  await page.reload();
  await expect(field).toHaveValue('strøm 3');
  await expect(rows).toHaveCount(1);
  await rows.getByRole('link').click();
  await page.goBack();
  await expect(field).toHaveValue('strøm 3');
  // The search lives in the address, in the part of it that no browser sends. No name gets to the server's addresses.
  await expect(page).toHaveURL(/\/payments#search=str%C3%B8m%203$/);
  expect(asked.filter((address) => /str/i.test(address))).toEqual([]);

  await field.fill('eldgammel');
  await drop.button(/^Søk$/).click();
  await expect(drop.text('Vi har ikke funnet noe blant de nyeste betalingene.')).toBeVisible();
  await drop.button('Let blant eldre betalinger').click();
  await expect(rows).toHaveCount(1);

  await drop.text('Velg status og datoer').click();
  await page.getByLabel('Fra dato').fill('2026-02-24');
  await page.getByLabel('Til dato').fill('2026-02-23');
  await drop.button(/^Søk$/).click();
  await expect(drop.text('Til-datoen kan ikke være før fra-datoen.')).toBeVisible();
  await expect(page.getByLabel('Til dato')).toBeFocused();
  await field.fill('finnes ikke');
  await page.getByLabel('Til dato').fill('2026-02-25');
  await page.getByLabel('Status').selectOption('Pågår');
  await drop.button(/^Søk$/).click();
  await expect(drop.heading('Ingen treff')).toBeVisible();
  await expect(said).toHaveText('Ingen treff');
  await expect(page).toHaveURL(/\?status=ongoing&from=2026-02-24&to=2026-02-25#search=finnes%20ikke$/);
  expect(asked.at(-1)).toMatch(/\?status=created&.*&from=2026-02-24&to=2026-02-25$/);
  await page.reload();
  await expect(page.getByLabel('Status')).toHaveValue('ongoing');
  await drop.button('Nullstill søket').click();
  await expect(rows).toHaveCount(2);
  await expect(field).toHaveValue('');
  await downloadStatements(drop);
});

/** A period that is too long is refused in place; another one is downloaded in both forms. */
async function downloadStatements(drop: Drop): Promise<void> {
  const { page } = drop;
  await drop.text('Last ned oversikt').click();
  const [first, last] = [page.getByLabel('Fra og med'), page.getByLabel('Til og med')];
  const today = await last.inputValue();
  await expect(first).toHaveValue(`${today.slice(0, 4)}-01-01`);
  await first.fill('2020-01-01');
  await drop.button('Last ned PDF').click();
  await expect(drop.text('Perioden kan være høyst ett år.')).toBeVisible();
  await expect(last).toBeFocused();
  await first.fill(today);
  for (const [name, form] of [
    ['Last ned PDF', 'pdf'],
    ['Last ned til regneark (CSV)', 'csv'],
  ] as const) {
    const [download] = await Promise.all([page.waitForEvent('download'), drop.button(name).click()]);
    expect(download.suggestedFilename()).toBe(`drop-betalinger-${today}-${today}.${form}`);
  }
  await expect(page.getByTestId('announcer')).toHaveText(/^Nedlastingen har startet/);
}
