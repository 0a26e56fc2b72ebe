import { createHash, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ReportedStatus } from '#domain/payment/status.ts';
import { applyReport } from '#usecases/payments/report.ts';
import { signedIn, testApp } from '../support/http-app.ts';
import { readPdf } from '../support/pdf.ts';
import { page, report } from '../usecases/banking/made-up-bank.ts';
import { linkedBank } from '../usecases/payments/linked-bank.ts';

/** A payment that waits for its customer, and how its bank goes on. */
async function waiting() {
  const { bank, send } = await linkedBank();
  const { context, provider } = bank;
  const next = { kind: 'redirect', url: page, expiresAt: undefined } as const;
  provider.pis.initiatePayment = async () => ({ ...report(), next });
  const { id } = await send();
  const app = testApp(context);
  const owner = (await signedIn(context, bank.user)).headers;
  const ask = (path: string, headers: Record<string, string> = owner): Promise<Response> =>
    Promise.resolve(app.request(`/api/payments/${id}${path}`, { headers }));
  return {
    context,
    owner,
    ask,
    async codeOf(path: string, headers?: Record<string, string>) {
      const response = await ask(path, headers);
      return [response.status, ((await response.json()) as { code?: string }).code];
    },
    async documents() {
      return ((await (await ask('')).json()) as { documents: string[] }).documents;
    },
    async becomes(status: ReportedStatus) {
      context.clock.advance(60_000);
      await applyReport(context, id, { report: report({ status }), evidence: 'poll' });
    },
  };
}

test('a payment has no document before the customer approved it', async () => {
  const { codeOf, documents } = await waiting();
  expect(await documents()).toEqual([]);
  expect(await codeOf('/confirmation.pdf')).toEqual([409, 'payment_document_missing']);
  expect(await codeOf('/receipt.pdf')).toEqual([409, 'payment_document_missing']);
});

test('a payment has a confirmation from its approval on, and a receipt besides once it is settled', async () => {
  const { ask, codeOf, documents, becomes } = await waiting();
  await becomes('authorised');
  expect(await documents()).toEqual(['confirmation']);
  expect((await ask('/confirmation.pdf')).status).toBe(200);
  expect(await codeOf('/receipt.pdf')).toEqual([409, 'payment_document_missing']);
  await becomes('settled');
  expect(await documents()).toEqual(['confirmation', 'receipt']);
  expect((await ask('/receipt.pdf')).status).toBe(200);
});

test('the confirmation has the same bytes before and after the settlement, named by their hash', async () => {
  const { ask, becomes } = await waiting();
  await becomes('authorised');
  const before = await (await ask('/confirmation.pdf')).bytes();
  await becomes('processing');
  await becomes('settled');
  const response = await ask('/confirmation.pdf');
  const after = await response.bytes();
  expect(Buffer.from(after).equals(before)).toBe(true);
  const hash = createHash('sha256').update(after).digest('base64');
  expect(response.headers.get('repr-digest')).toBe(`sha-256=:${hash}:`);
});

test('a document is a file that no cache keeps, with a plain name', async () => {
  const { ask, becomes } = await waiting();
  await becomes('settled');
  const { headers } = await ask('/receipt.pdf');
  expect(headers.get('content-type')).toBe('application/pdf');
  expect(headers.get('cache-control')).toBe('private, no-store');
  expect(headers.get('content-disposition')).toMatch(
    /^attachment; filename="drop-kvittering-\d{4}-\d\d-\d\d-[\da-f]{8}\.pdf"$/,
  );
});

test.each([
  ['the language of the request', '', { cookie: 'drop-locale=en' }, 'en-GB'],
  ['Norwegian without one', '', {}, 'nb-NO'],
  ['the language of the address before all', '?locale=nb', { cookie: 'drop-locale=en' }, 'nb-NO'],
])('a document is in %s', async (_what, query, { cookie }: { cookie?: string }, language) => {
  const { ask, owner, becomes } = await waiting();
  await becomes('settled');
  const cookies = [owner.cookie, ...(cookie === undefined ? [] : [cookie])].join('; ');
  const bytes = await (await ask(`/receipt.pdf${query}`, { cookie: cookies })).bytes();
  expect(readPdf(Buffer.from(bytes)).catalogue).toContain(`/Lang (${language})`);
});

test('a language that Drop does not have is refused', async () => {
  const { codeOf } = await waiting();
  expect(await codeOf('/receipt.pdf?locale=se')).toEqual([400, 'invalid_request']);
});

test("another customer's document is not found", async () => {
  const { codeOf, context, becomes } = await waiting();
  await becomes('settled');
  const stranger = (await signedIn(context)).headers;
  expect(await codeOf('/receipt.pdf', stranger)).toEqual([404, 'payment_unknown']);
  expect(await codeOf('/confirmation.pdf', stranger)).toEqual([404, 'payment_unknown']);
});

test('the document of a payment that does not exist is not found', async () => {
  const { context, owner } = await waiting();
  const path = `/api/payments/${randomUUID()}/receipt.pdf`;
  expect((await testApp(context).request(path, { headers: owner })).status).toBe(404);
});

test('without a session there is no document', async () => {
  const { codeOf, becomes } = await waiting();
  await becomes('settled');
  expect(await codeOf('/receipt.pdf', {})).toEqual([401, 'not_signed_in']);
});

test('a payment that the bank contradicts has no document', async () => {
  const { codeOf, documents, becomes } = await waiting();
  await becomes('settled');
  await becomes('rejected');
  expect(await documents()).toEqual([]);
  expect(await codeOf('/receipt.pdf')).toEqual([409, 'payment_document_missing']);
});

test('a browser that follows the link to a missing document gets a page', async () => {
  const { ask, owner } = await waiting();
  const response = await ask('/receipt.pdf', { ...owner, accept: 'text/html' });
  expect(response.status).toBe(409);
  expect(response.headers.get('content-type')).toContain('text/html');
});
