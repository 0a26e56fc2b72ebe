import { describe, expect, test } from 'vitest';
import type { Locale } from '#domain/locale.ts';
import type { DocumentKind } from '#domain/payment/document.ts';
import { makePaymentDocument } from '#usecases/documents/payment-document.ts';
import { readPdf, type PdfNode } from '../../support/pdf.ts';
import { settledPayment, type DocumentedPayment } from './settled-payment.ts';

async function treeOf(
  payment: DocumentedPayment,
  kind: DocumentKind,
  locale: Locale = 'nb',
): Promise<PdfNode> {
  const document = await makePaymentDocument(payment, { kind, locale });
  const [root] = document ? readPdf(document.bytes).tree : [];
  if (!root) throw new Error('no document');
  return root;
}

/** What a screen reader reads: each sentence, and each row of a table, in one line. */
function readAloud({ tag, text, children }: PdfNode): string[] {
  if (tag === 'TR')
    return [
      children
        .map((cell) => cell.text)
        .join(': ')
        .replaceAll('\u00a0', ' '),
    ];
  return [...(text === '' ? [] : text.split(/(?<=\.) /)), ...children.flatMap(readAloud)];
}

/** The value of a row; the spaces at which it is broken into lines do not count. */
async function valueOf(payment: DocumentedPayment, name: string): Promise<string | undefined> {
  const lines = readAloud(await treeOf(payment, 'receipt'));
  const found = lines.find((line) => line.startsWith(`${name}: `));
  return found?.slice(name.length + 2).replaceAll(' ', '');
}

test('the confirmation says in Norwegian what PSD2 article 46 asks for, and as of which time', async () => {
  expect(readAloud(await treeOf(settledPayment(), 'confirmation'))).toMatchInlineSnapshot(`
    [
      "Betalingsbekreftelse",
      "Bekreftelsen gjelder per 30.11.2026 kl. 14.02.",
      "Da hadde banken meldt at den hadde mottatt betalingen, men ikke at den var gjennomført.",
      "Betaling",
      "Status: Mottatt, ikke meldt gjennomført (per 30.11.2026 kl. 14.02)",
      "Beløp: 1 250,00 kr (NOK)",
      "KID: 1234567897",
      "Ønsket betalingsdato: Så snart som mulig",
      "Mottatt av Drop: 30.11.2026 kl. 14.00",
      "Mottatt av banken: 30.11.2026 kl. 14.02",
      "Mottaker",
      "Navn: Strøm & Vann AS",
      "Kontonummer: 1503 20 80178",
      "Betaler",
      "Bank: Fjordbanken",
      "Kontonummer: 1234 56 78903",
      "Gebyrer",
      "Gebyr fra Drop: 0,00 kr",
      "Gebyr fra banken: Følger avtalen din med banken. Banken trekker det selv.",
      "Referanser",
      "Referanse: 4D2P-F2DB",
      "Ende-til-ende-ID: 019add0012347abc8def0123456789ab",
      "Bekreftelsen viser at du har godkjent betalingen, og at banken har mottatt den.",
      "Den er ikke en kvittering, og den viser ikke hva som har skjedd senere.",
      "Når banken har gjennomført betalingen, finner du kvitteringen i Drop.",
      "Alle klokkeslett er norsk tid.",
    ]
  `);
});

test('the receipt says in English that the payment is completed, and when', async () => {
  expect(readAloud(await treeOf(settledPayment(), 'receipt', 'en'))).toMatchInlineSnapshot(`
    [
      "Receipt",
      "Your bank has completed the payment.",
      "Payment",
      "Status: Completed",
      "Amount: NOK 1,250.00",
      "KID number: 1234567897",
      "Requested payment date: As soon as possible",
      "Received by Drop: 30 Nov 2026, 14:00",
      "Completed: 1 Dec 2026, 00:30",
      "Recipient",
      "Name: Strøm & Vann AS",
      "Account number: 1503 20 80178",
      "Payer",
      "Bank: Fjordbanken",
      "Account number: 1234 56 78903",
      "Charges",
      "Drop fee: NOK 0.00",
      "Bank charges: As agreed between you and your bank, which deducts them itself.",
      "References",
      "Reference: 4D2P-F2DB",
      "End-to-end ID: 019add0012347abc8def0123456789ab",
      "The recipient’s bank decides when the money reaches the recipient’s account.",
      "All times are Norwegian time.",
    ]
  `);
});

describe('a document shows', () => {
  test.each([
    ['Norwegian', 'Bjørn Ærlig Åsen'],
    ['Sami', 'Čáhppes Ŋuŧŧi Đorđe Šaža'],
    ['Polish', 'Zażółć Gęślą Jaźń Łódź'],
    ['Icelandic and Swedish', 'Þórður Ðýr Öberg Äng'],
  ])('the letters of %s names', async (_language, creditorName) => {
    expect(await valueOf(settledPayment({ creditorName }), 'Navn')).toBe(creditorName.replaceAll(' ', ''));
  });

  test('the longest name and message whole, also without a space in them', async () => {
    const [creditorName, text] = ['W'.repeat(70), 'Wågå'.repeat(35)];
    const payment = settledPayment({ creditorName, remittance: { kind: 'text', text } });
    expect(await valueOf(payment, 'Navn')).toBe(creditorName);
    expect(await valueOf(payment, 'Melding')).toBe(text);
  });

  test('a question mark for a character that its font lacks', async () => {
    expect(await valueOf(settledPayment({ creditorName: 'Bøker 日本' }), 'Navn')).toBe('Bøker??');
  });

  test('the day for which the payment was ordered', async () => {
    const payment = settledPayment({ execution: { kind: 'on', date: '2026-12-24' } });
    expect(await valueOf(payment, 'Ønsket betalingsdato')).toBe('24.12.2026');
  });

  test('that the payment was to be instant', async () => {
    const payment = settledPayment({ execution: { kind: 'instant' } });
    expect(await valueOf(payment, 'Ønsket betalingsdato')).toBe('Straks(straksbetaling)');
  });
});

test('a document that does not exist is not made', async () => {
  const rejected = { ...settledPayment(), status: 'rejected' } as const;
  expect(await makePaymentDocument(rejected, { kind: 'receipt', locale: 'nb' })).toBeUndefined();
  expect(await makePaymentDocument(rejected, { kind: 'confirmation', locale: 'nb' })).toBeUndefined();
});

test("the name of the file is plain, and has the day in Norway and the end of the payment's id", async () => {
  const document = await makePaymentDocument(settledPayment(), { kind: 'receipt', locale: 'nb' });
  expect(document?.fileName).toBe('drop-kvittering-2026-12-01-456789ab.pdf');
});
