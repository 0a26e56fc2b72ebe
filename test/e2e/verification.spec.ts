import type { Me } from '#http/contract/session.ts';
import type { Drop } from './drop.ts';
import { expect, test } from './drop.ts';

const me = async ({ page }: Drop): Promise<Me> =>
  page.evaluate(async () => (await (await fetch('/api/me')).json()) as Me);

async function review(drop: Drop, outcome: string): Promise<void> {
  const parameters = { externalUserId: (await me(drop)).id, outcome };
  await drop.control('sumsub', 'actions/complete_review', parameters);
}

/** Takes a picture of the same screen in English. */
async function lookInEnglish(drop: Drop, name: string): Promise<void> {
  await drop.button('English').or(drop.link('English')).first().click();
  await expect(drop.page.locator('html')).toHaveAttribute('lang', 'en');
  await drop.look(`${name}-en`);
}

test('a customer who started but sent nothing is not told of a failure and can continue', async ({
  drop,
}) => {
  await drop.begin('signed in');
  await drop.open('/verify');
  await drop.button('Start kontrollen').click();
  await expect(drop.page.frameLocator('iframe').getByRole('radio').first()).toBeVisible();
  await drop.open('/verify');
  await expect(drop.heading('Kontrollen er ikke fullført')).toBeVisible();
  await drop.look('unfinished');
  await lookInEnglish(drop, 'unfinished');
});

test('a customer whose document is refused can send another one', async ({ drop }) => {
  await drop.begin('signed in');
  await drop.verify(/^Dokumentet godtas ikke/);
  await expect(drop.heading('Du må prøve på nytt')).toBeVisible();
  await expect(drop.text('Bruk pass, førerkort eller nasjonalt ID-kort.')).toBeVisible();
  await expect(drop.page.getByText(/Sandbox:/)).toHaveCount(0);
  await drop.look('refused-document');
  await lookInEnglish(drop, 'refused-document');
  await drop.button('Try again').click();
  const frame = drop.page.frameLocator('iframe');
  await frame.getByRole('radio', { name: /^Approved/ }).check();
  await frame.getByRole('button', { name: 'Submit' }).click();
  await expect(drop.heading('Your identity is verified')).toBeVisible();
});

test('a check that outlives its token continues with a new token', async ({ drop, page }) => {
  await drop.begin('signed in');
  await drop.open('/verify');
  await drop.button('Start kontrollen').click();
  const frame = page.frameLocator('iframe');
  await frame.getByRole('radio', { name: /^Godkjent/ }).check();
  await drop.control('sumsub', 'actions/expire_tokens');
  const renewed = page.waitForResponse((response) => response.url().endsWith('/api/kyc/initiate'));
  await drop.sendIn();
  await renewed;
  await drop.sendIn();
  await expect(drop.heading('Identiteten er bekreftet')).toBeVisible();
});

test('a final rejection says what to do but not why, and offers no retry', async ({ drop }) => {
  await drop.begin('signed in');
  await drop.verify(/^Treff på sanksjonsliste/);
  await expect(drop.heading('Vi kunne ikke bekrefte identiteten din')).toBeVisible();
  await expect(drop.text(/kan du kontakte oss/)).toBeVisible();
  await expect(drop.link('hjelp@drop.example')).toHaveAttribute('href', 'mailto:hjelp@drop.example');
  await expect(drop.button(/Prøv igjen|Start kontrollen|Fortsett/)).toHaveCount(0);
  await expect(drop.page.getByText(/sanksjon/i)).toHaveCount(0);
  await drop.look('final');
  await lookInEnglish(drop, 'final');
});

test('a customer whose check is in manual review is told that it takes longer', async ({ drop }) => {
  await drop.begin('verified');
  await drop.open('/verify');
  await expect(drop.heading('Identiteten er bekreftet')).toBeVisible();
  await review(drop, 'manual_review');
  await drop.open('/verify');
  await expect(drop.heading('Kontrollen tar litt tid')).toBeVisible();
  await drop.look('on-hold');
  await lookInEnglish(drop, 'on-hold');
});

test('a withdrawn approval shows at once and stops payments', async ({ drop, page }) => {
  await drop.begin('customer');
  await drop.open('/');
  await review(drop, 'sanctions_match');
  await expect(drop.heading('Vi kunne ikke bekrefte identiteten din')).toBeVisible();
  await expect(page.getByText(/sanksjon/i)).toHaveCount(0);
  await drop.look('taken-back-home');
  await drop.open('/pay');
  await expect(drop.text('Identiteten din er ikke bekreftet')).toBeVisible();
  await drop.look('taken-back-pay');
  await drop.open('/verify');
  await expect(drop.text(/kan du kontakte oss/)).toBeVisible();
  await lookInEnglish(drop, 'taken-back-verify');
});

test('an approval withdrawn during the first read of the status shows, too', async ({ drop, page }) => {
  await drop.begin('verified');
  await page.route(
    '**/api/kyc/status',
    async (route) => {
      const before = await route.fetch();
      const told = page.waitForResponse(async (response) => {
        return response.url().endsWith('/api/me') && (await response.text()).includes('rejected');
      });
      await review(drop, 'sanctions_match');
      await told;
      await route.fulfill({ response: before });
    },
    { times: 1 },
  );
  await drop.open('/verify');
  await expect(drop.heading('Vi kunne ikke bekrefte identiteten din')).toBeVisible();
});

test('an approval withdrawn while the page opens its stream of changes shows, too', async ({
  drop,
  page,
}) => {
  await drop.begin('verified');
  await page.route(
    '**/api/events',
    async (route) => {
      await expect(drop.heading('Hei, Kari')).toBeVisible();
      await review(drop, 'sanctions_match');
      await expect.poll(async () => (await me(drop)).kycStatus).toBe('rejected');
      await route.continue();
    },
    { times: 1 },
  );
  await drop.open('/');
  await expect(drop.heading('Vi kunne ikke bekrefte identiteten din')).toBeVisible();
});

test('an outage of Sumsub is shown as unavailable and can be tried again', async ({ drop }) => {
  await drop.begin('signed in');
  await drop.control('sumsub', 'faults', {
    operation: '*',
    effect: 'status',
    status: 503,
    times: 9,
  });
  await drop.open('/verify');
  await drop.button('Start kontrollen').click();
  await expect(drop.text('Identitetskontrollen er utilgjengelig akkurat nå')).toBeVisible();
  await drop.look('unavailable');
  await expect(drop.button('Prøv igjen')).toBeVisible();
  await lookInEnglish(drop, 'unavailable');
});

test('a Sumsub frame that does not load is shown as unavailable', async ({ drop, page }) => {
  /* What the emulator serves instead forbids being framed. */
  drop.expectComplaints();
  await drop.signIn();
  await drop.control('sumsub', 'faults', { operation: 'websdk_page', effect: 'status', status: 503 });
  await drop.open('/verify');
  await page.clock.install();
  await drop.button('Start kontrollen').click();
  await expect(page.getByTestId('web-sdk').locator('iframe')).toBeAttached();
  await page.clock.fastForward(20_000);
  await expect(drop.text('Identitetskontrollen er utilgjengelig akkurat nå')).toBeVisible();
});

test("Sumsub's script runs only in the document of the identity check", async ({ drop, page }) => {
  const hasScript = (): Promise<boolean> => page.evaluate(() => 'snsWebSdk' in globalThis);
  await drop.signIn();
  await drop
    .link(/Bekreft/)
    .first()
    .click();
  await drop.button('Start kontrollen').click();
  await expect(page.frameLocator('iframe').getByRole('radio').first()).toBeVisible();
  expect(await hasScript()).toBe(true);
  await page.getByRole('banner').getByRole('link').first().click();
  await expect(page).toHaveURL(/\/$/);
  await expect(drop.heading(/^Hei/)).toBeVisible();
  expect(await hasScript()).toBe(false);
  await page.goBack();
  await expect(page).toHaveURL(/\/verify$/);
  await expect(drop.heading('Kontrollen er ikke fullført')).toBeVisible();
});

test('a Sumsub script that does not load is shown as unavailable', async ({ drop }) => {
  await drop.begin('signed in');
  await drop.control('sumsub', 'faults', { operation: 'websdk_script', effect: 'status', status: 503 });
  await drop.open('/verify');
  await drop.button('Start kontrollen').click();
  await expect(drop.text('Identitetskontrollen er utilgjengelig akkurat nå')).toBeVisible();
});

test('a customer who is not verified is told so before they choose a bank, not after', async ({
  drop,
  page,
}) => {
  await drop.begin('signed in');
  await drop.open('/accounts');
  await drop.link('Koble til bank').click();
  await expect(drop.heading('Identiteten din må være bekreftet først')).toBeVisible();
  await expect(page.getByText('DNB', { exact: true })).toHaveCount(0);
  await drop.look('banks-not-verified');
  await lookInEnglish(drop, 'banks-not-verified');
});

test('a customer whose approval is withdrawn while they choose a bank is told that they cannot', async ({
  drop,
}) => {
  await drop.begin('verified');
  await drop.open('/banks?bank=DNB');
  await expect(drop.button('Fortsett til DNB')).toBeVisible();
  await review(drop, 'sanctions_match');
  await expect(drop.text('Derfor kan du ikke koble til en bank nå.')).toBeVisible();
  await expect(drop.button('Fortsett til DNB')).toHaveCount(0);
  await drop.look('banks-rejected');
});
