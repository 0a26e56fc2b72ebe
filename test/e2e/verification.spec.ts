import type { Drop } from './drop.ts';
import { expect, test } from './drop.ts';

const externalUserId = async ({ page }: Drop): Promise<string> =>
  page.evaluate(async () => {
    const response = await fetch('/api/me');
    return ((await response.json()) as { id: string }).id;
  });

async function review(drop: Drop, outcome: string): Promise<void> {
  const parameters = { externalUserId: await externalUserId(drop), outcome };
  await drop.control('sumsub', 'actions/complete_review', parameters);
}

/** The picture of the same screen in English. */
async function lookInEnglish(drop: Drop, name: string): Promise<void> {
  await drop.button('English').or(drop.link('English')).first().click();
  await expect(drop.page.locator('html')).toHaveAttribute('lang', 'en');
  await drop.look(`${name}-en`);
}

async function approvedCustomer(drop: Drop): Promise<void> {
  await drop.signIn();
  await drop.verify();
  await expect(drop.heading('Identiteten er bekreftet')).toBeVisible();
}

test('who began and handed nothing in is not told of a failure, and may go on', async ({ drop }) => {
  await drop.signIn();
  await drop.open('/verify');
  await drop.button('Start kontrollen').click();
  await expect(drop.page.frameLocator('iframe').getByRole('radio').first()).toBeVisible();
  await drop.open('/verify');
  await expect(drop.heading('Kontrollen er ikke fullført')).toBeVisible();
  await drop.look('unfinished');
  await lookInEnglish(drop, 'unfinished');
});

test('a refused document may be replaced by another one', async ({ drop }) => {
  await drop.signIn();
  await drop.verify(/^Dokumentet godtas ikke/);
  await expect(drop.heading('Vi trenger et nytt forsøk')).toBeVisible();
  await expect(drop.text('Bruk pass, førerkort eller nasjonalt ID-kort.')).toBeVisible();
  await expect(drop.page.getByText(/Sandbox:/)).toHaveCount(0);
  await drop.look('refused-document');
  await lookInEnglish(drop, 'refused-document');
});

test('a final rejection says what to do and not why, and offers no new try', async ({ drop }) => {
  await drop.signIn();
  await drop.verify(/^Treff på sanksjonsliste/);
  await expect(drop.heading('Vi kunne ikke bekrefte identiteten din')).toBeVisible();
  await expect(drop.text(/kan du kontakte oss/)).toBeVisible();
  await expect(drop.button(/Prøv igjen|Start kontrollen|Fortsett/)).toHaveCount(0);
  await drop.look('final');
  await lookInEnglish(drop, 'final');
});

test('who waits for a person is told so', async ({ drop }) => {
  await approvedCustomer(drop);
  await review(drop, 'manual_review');
  await drop.open('/verify');
  await expect(drop.heading('En person ser på saken din')).toBeVisible();
  await drop.look('on-hold');
  await lookInEnglish(drop, 'on-hold');
});

test('an approval that is taken back is seen at once, and ends paying', async ({ drop, page }) => {
  await drop.becomeCustomer();
  await drop.open('/');
  await review(drop, 'sanctions_match');
  await expect(drop.heading('Vi kunne ikke bekrefte identiteten din')).toBeVisible();
  await expect(page.getByText(/sanksjon/i)).toHaveCount(0);
  await drop.look('taken-back-home');
  await drop.open('/pay');
  await expect(drop.text('Du kan ikke betale med Drop')).toBeVisible();
  await drop.look('taken-back-pay');
  await drop.open('/verify');
  await expect(drop.text(/kan du kontakte oss/)).toBeVisible();
  await lookInEnglish(drop, 'taken-back-verify');
});

test('Sumsub that is down is said to be unavailable, and can be tried again', async ({ drop }) => {
  await drop.signIn();
  await drop.control('sumsub', 'faults', {
    operation: 'access_token',
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

test('a script of Sumsub that does not load is said to be unavailable', async ({ drop }) => {
  await drop.signIn();
  await drop.control('sumsub', 'faults', { operation: 'websdk_script', effect: 'status', status: 503 });
  await drop.open('/verify');
  await drop.button('Start kontrollen').click();
  await expect(drop.text('Identitetskontrollen er utilgjengelig akkurat nå')).toBeVisible();
});
