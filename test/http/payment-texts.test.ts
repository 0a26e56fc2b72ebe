import { expect, test } from 'vitest';
import { norwegianBankCharacters } from '#domain/banking/bank-text.ts';
import { testApp } from '../support/http-app.ts';
import { payingCustomer } from './paying-customer.ts';

interface Order {
  name?: string;
  accountNumber?: string;
  kid?: string;
  text?: string;
}

async function stand() {
  const { context, accountId, ask } = await payingCustomer();
  return {
    context,
    async pay({ name = 'Strøm AS', accountNumber = '15032080178', ...reference }: Order, language = 'nb') {
      const amount = { amount: 25_000, currency: 'NOK' };
      const body = { accountId, amount, creditor: { name, accountNumber }, ...reference };
      return ask('POST', '/api/payments', body, { 'accept-language': language });
    },
    paid: async (id: unknown) => (await ask('GET', `/api/payments/${String(id)}`)).body,
    payments: async () => (await ask('GET', '/api/payments')).body['payments'],
  };
}

test('a payment with pasted fields is sent in normalised form', async () => {
  const { pay, paid } = await stand();
  const order = {
    name: 'Bla\u030abær\u00a0& Sønn\n',
    accountNumber: '\u202a1503\u200b20\u00a080178\u202c',
    kid: '\u200e２３４５６７６\u200e',
  };
  const { status, body } = await pay(order);
  expect(status).toBe(201);
  expect(await paid(body['id'])).toMatchObject({
    creditor: { name: 'Blåbær & Sønn', accountNumber: '15032080178' },
    kid: '2345676',
  });
});

test('a number is accepted with any amount of harmless characters around it', async () => {
  const { pay } = await stand();
  const spread = [...'15032080178'].join('\u2063\u200b\u2060\u00ad');
  expect((await pay({ accountNumber: spread })).status).toBe(201);
  const tooLong = await pay({ accountNumber: '1'.repeat(201) });
  expect(tooLong.body).toMatchObject({
    status: 400,
    fields: [{ field: 'creditor.accountNumber', message: 'Teksten kan ha høyst 200 tegn. Kort den ned.' }],
  });
});

test('a number that is displayed in another order than it is read is refused with the field named', async () => {
  const { pay, payments } = await stand();
  for (const mark of '\u202d\u202e\u2067\u200f\u061c\u034f\u3164\ufe0f\u{e0031}') {
    const account = await pay({ accountNumber: `${mark}15032080178` });
    const field = 'creditor.accountNumber';
    expect({ mark, ...account.body }).toMatchObject({ mark, status: 422, fields: [{ field }] });
    const kid = await pay({ kid: `234${mark}5676` });
    expect({ mark, ...kid.body }).toMatchObject({ mark, status: 422, fields: [{ field: 'kid' }] });
  }
  expect(await payments()).toEqual([]);
});

test.each([
  ['digits of another script', { accountNumber: '١٥٠٣٢٠٨٠١٧٨' }, 'payment_creditor_account_invalid'],
  ['one digit too many', { accountNumber: '150320801789' }, 'payment_creditor_account_invalid'],
  ['a KID that is too long', { kid: '1'.repeat(26) }, 'payment_kid_invalid'],
])('%s is refused with the field named', async (_case, order, code) => {
  const { pay } = await stand();
  const field = 'kid' in order ? 'kid' : 'creditor.accountNumber';
  expect((await pay(order)).body).toMatchObject({ status: 422, code, fields: [{ field }] });
});

test('a name or a text with an invisible character is refused with the field named', async () => {
  const { pay, payments } = await stand();
  const message = 'Teksten har usynlige tegn. Slett den og skriv den på nytt.';
  for (const character of '\0\u0001\t\n\u001b\u0085\u202e\u2066\u200f\u200b\u200d\ufeff') {
    const text = `Strøm${character}mars`;
    for (const [field, order] of Object.entries({ 'creditor.name': { name: text }, text: { text } })) {
      const { body } = await pay(order);
      const refused = { status: 400, code: 'invalid_request', fields: [{ field, message }] };
      expect({ character, ...body }).toMatchObject({ character, ...refused });
    }
  }
  expect(await payments()).toEqual([]);
});

test('characters that the bank does not accept are named in the language of the request, before sending', async () => {
  const { pay, payments } = await stand();
  const order = { name: 'Łukasz Čáhppe', text: 'Takk 😀 for 👨‍👩‍👧!' };
  const norwegian = await pay(order);
  expect(norwegian.body).toMatchObject({ status: 400, code: 'invalid_request' });
  expect(norwegian.body.fields).toEqual([
    {
      field: 'creditor.name',
      message: 'Banken kan ikke ta imot disse tegnene: Ł Č. Fjern dem eller skriv noe annet.',
      characters: ['Ł', 'Č'],
    },
    {
      field: 'text',
      message: 'Banken kan ikke ta imot disse tegnene: 😀 👨‍👩‍👧. Fjern dem eller skriv noe annet.',
      characters: ['😀', '👨‍👩‍👧'],
    },
  ]);
  const english = await pay({ text: '5 €' }, 'en');
  expect(english.body.fields).toMatchObject([
    { message: 'The bank cannot accept these characters: €. Remove or replace them.' },
  ]);
  expect(await payments()).toEqual([]);
});

test('a refused text is not in the log', async () => {
  const { pay, context } = await stand();
  await pay({ name: '王小明', text: 'Ł\u200b' });
  const logged = JSON.stringify(context.logged);
  expect(logged).toContain('creditor.name');
  expect(logged).not.toMatch(/[王小明Ł]/);
});

test('the length of a text is counted as the bank counts it', async () => {
  const { pay, paid } = await stand();
  const longest = await pay({ name: 'o\u0308'.repeat(70), text: 'a\u030a'.repeat(140) });
  expect(await paid(longest.body['id'])).toMatchObject({ text: 'å'.repeat(140) });
  const longer = await pay({ name: 'ö'.repeat(71), text: 'å'.repeat(141) });
  expect(longer.body.fields).toEqual([
    { field: 'creditor.name', message: 'Teksten kan ha høyst 70 tegn. Kort den ned.' },
    { field: 'text', message: 'Teksten kan ha høyst 140 tegn. Kort den ned.' },
  ]);
  const farTooLong = await pay({ text: 'å'.repeat(20_000) });
  expect(farTooLong.body.fields).toMatchObject([{ message: 'Teksten kan ha høyst 140 tegn. Kort den ned.' }]);
});

test('a name without visible characters counts as missing', async () => {
  const { pay } = await stand();
  expect((await pay({ name: ' \u00a0\n' })).body).toMatchObject({
    status: 400,
    fields: [{ field: 'creditor.name' }],
  });
});

test('the OpenAPI document states the characters that a bank accepts', async () => {
  const { context } = await stand();
  const document = await (await testApp(context).request('/api/openapi.json')).text();
  const pattern = JSON.stringify(`^(?:${norwegianBankCharacters.source})*$`);
  expect(document.split(`"maxLength":140,"pattern":${pattern}`)).toHaveLength(2);
  // Of a payment, and of a recipient that is saved.
  expect(document.split(`"minLength":1,"maxLength":70,"pattern":${pattern}`)).toHaveLength(3);
});
