import { expect, test, type Drop } from './drop.ts';
import { emailLink } from './email-link.ts';

const address = 'kari@example.no';

async function enter(drop: Drop, typed: string): Promise<void> {
  await drop.page.getByLabel('E-postadresse').fill(typed);
  await drop.button(/^Lagre$/).click();
}

/** Requests whose address has the token of a link, in any form. */
function watchForToken(drop: Drop): string[] {
  const seen: string[] = [];
  drop.page.on('request', (request) => {
    const { referer = '' } = request.headers();
    // Playwright shows the fragment, which the browser does not send.
    const sent = request.url().split('#')[0] ?? '';
    if (/token/i.test(`${sent} ${referer}`)) seen.push(request.url());
  });
  return seen;
}

test('a new customer is asked for an e-mail address, and follows the link', async ({ drop, sandbox }) => {
  await drop.begin('signed in');
  await drop.open('/');
  await expect(drop.heading('Vil du ha beskjed på e-post?')).toBeVisible();
  await drop.look('asked');
  await enter(drop, address);
  await expect(drop.heading('Sjekk e-posten din')).toBeFocused();
  await expect(drop.text(`Vi har sendt en lenke til ${address}.`)).toBeVisible();
  await drop.look('asked-sent');
  await drop.open(await emailLink(sandbox, address));
  await expect(drop.heading('E-postadressen er bekreftet')).toBeVisible();
  await expect(drop.text(`Fra nå av får du beskjed på ${address}.`)).toBeVisible();
  await expect(drop.page).toHaveURL(drop.addressOf('/confirm-email'));
  await drop.look('confirmed');
});

test('a customer who answers “not now” is not asked again', async ({ drop }) => {
  await drop.begin('signed in');
  await drop.open('/');
  await drop.button('Ikke nå').click();
  await expect(drop.heading('Vil du ha beskjed på e-post?')).toHaveCount(0);
  await expect(drop.heading('Hei, Kari')).toBeFocused();
  const told = drop.page.waitForResponse(/\/api\/email-address$/);
  await drop.open('/');
  await expect(drop.heading('Bekreft hvem du er')).toBeVisible();
  expect(await (await told).json()).toMatchObject({ shouldAsk: false });
  await expect(drop.heading('Vil du ha beskjed på e-post?')).toHaveCount(0);
});

test('the link works for a visitor, who signs in first', async ({ drop, sandbox, page }) => {
  const seen = watchForToken(drop);
  await drop.begin('signed in');
  await drop.open('/profile');
  await enter(drop, address);
  await expect(drop.text('Ikke bekreftet')).toBeVisible();
  const link = await emailLink(sandbox, address);
  await drop.button('Logg ut').click();
  await expect(drop.heading('Du er logget ut')).toBeVisible();
  await drop.open(link);
  await expect(drop.heading('Logg inn for å fortsette')).toBeVisible();
  await expect(page).toHaveURL(drop.addressOf('/sign-in?returnTo=%2Fconfirm-email'));
  await drop.link('Logg inn med BankID').click();
  await drop.button(/Kari Testnes/).click();
  await expect(drop.heading('E-postadressen er bekreftet')).toBeVisible();
  expect(seen).toEqual([]);
  await page.reload();
  await expect(drop.heading('E-postadressen er bekreftet')).toBeVisible();
});

test('another customer cannot use the link', async ({ drop, sandbox }) => {
  await drop.begin('signed in');
  await drop.open('/profile');
  await enter(drop, address);
  await expect(drop.text('Ikke bekreftet')).toBeVisible();
  const link = await emailLink(sandbox, address);
  await drop.page.context().clearCookies();
  await drop.begin('signed in', { person: 'ola', customer: 'Ola Testnes' });
  await drop.open(link);
  await expect(drop.heading('Lenken virker ikke her')).toBeVisible();
  await drop.look('link-of-another');
});

test('a link that was used in another tab is a link that has worked', async ({ drop, sandbox }) => {
  await drop.begin('signed in');
  await drop.open('/profile');
  await enter(drop, address);
  await expect(drop.text('Ikke bekreftet')).toBeVisible();
  const link = await emailLink(sandbox, address);
  const other = await drop.page.context().newPage();
  await other.goto(drop.addressOf(link));
  await expect(other.getByRole('heading', { name: 'E-postadressen er bekreftet' })).toBeVisible();
  await expect(drop.text('Bekreftet'), 'the settings are told by the stream of changes').toBeVisible();
  await drop.open(link);
  await expect(drop.heading('E-postadressen er bekreftet')).toBeVisible();
});

test('the settings change, take back and remove an address', async ({ drop, sandbox }) => {
  await drop.begin('signed in');
  await drop.open('/');
  await expect(drop.heading('Hei, Kari')).toBeVisible();
  await drop.link('Innstillinger').click();
  await expect(drop.heading('Innstillinger')).toBeFocused();
  await drop.link('Kari Testnes').click();
  await expect(drop.heading('Profil')).toBeFocused();
  await enter(drop, 'kåre@example.no');
  await expect(drop.page.getByLabel('E-postadresse')).toBeFocused();
  await expect(drop.text(/Vi kan ikke sende e-post til adresser med æ/)).toBeVisible();
  await enter(drop, address);
  await expect(drop.text('Ikke bekreftet')).toBeVisible();
  await drop.open(await emailLink(sandbox, address));
  await expect(drop.heading('E-postadressen er bekreftet')).toBeVisible();
  await drop.link('Til profilen din').click();
  await drop.button('Endre adressen').click();
  await enter(drop, 'kari@example.com');
  await expect(drop.text(`Inntil du har bekreftet den nye adressen, bruker vi ${address}.`)).toBeVisible();
  await drop.look('settings-changing');
  await drop.button(`Behold ${address}`).click();
  await expect(drop.text('kari@example.com')).toHaveCount(0);
  await drop.button('Fjern adressen').click();
  await drop.button('Ja, fjern adressen').click();
  await expect(drop.text('Uten e-postadresse får du bare beskjed i appen.')).toBeVisible();
});

test('the chosen mails and the language are kept', async ({ drop, page }) => {
  await drop.begin('signed in');
  await drop.open('/settings');
  await page.getByRole('checkbox', { name: /^Samtykker/ }).uncheck();
  await expect(page.getByTestId('announcer')).toHaveText('Valget er lagret');
  await page.getByRole('radio', { name: 'English' }).check();
  await expect(drop.heading('Settings')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'English' })).toBeChecked();
  await page.reload();
  await expect(page.getByRole('radio', { name: 'English' })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: /^Consents/ })).not.toBeChecked();
  await expect(page.getByRole('checkbox', { name: /^Your identity check/ })).toBeChecked();
});

test('a language that a visitor chose is that of the mails after the sign-in', async ({ drop, page }) => {
  await drop.begin('signed in');
  await drop.open('/');
  await drop.button('Logg ut').click();
  await expect(drop.heading('Du er logget ut')).toBeVisible();
  await drop.button('English').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await drop.link('Sign in with BankID').click();
  await drop.button(/Kari Testnes/).click();
  await expect(drop.heading(/Kari/)).toBeVisible();
  await drop.open('/settings');
  await expect(page.getByRole('radio', { name: 'English' })).toBeChecked();
});

test('a language that could not be kept is kept when the network is back', async ({ drop, page }) => {
  await drop.begin('signed in');
  await drop.open('/settings');
  await expect(page.getByRole('radio', { name: 'Norsk' })).toBeChecked();
  await drop.button('English').click();
  await expect(page.getByRole('radio', { name: 'English' })).toBeChecked();
  await page.context().setOffline(true);
  await drop.button('Norsk').click();
  await expect(drop.heading('Innstillinger')).toBeVisible();
  // The settings are read anew before the server is told, and have to be read once more.
  const reread = Promise.withResolvers<undefined>();
  await page.route('**/api/settings', async (route) => {
    if (route.request().method() === 'PUT') await reread.promise;
    await route.continue();
  });
  page.on('response', (response) => {
    if (response.url().endsWith('/api/settings') && response.request().method() === 'GET')
      reread.resolve(undefined);
  });
  await page.context().setOffline(false);
  await expect(page.getByRole('radio', { name: 'Norsk' })).toBeChecked();
});
