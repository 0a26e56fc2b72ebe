import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { locales } from '#domain/locale.ts';
import type { DocumentKind } from '#domain/payment/document.ts';
import { readPaymentDocument, type PaymentDocument } from '#usecases/documents/payment-document.ts';
import { requireUser } from '../customer.ts';
import type { HttpContext, HttpDependencies, HttpEnvironment } from '../environment.ts';
import { answerProblemPage } from '../problem.ts';
import { givenIdSchema } from '../contract/values.ts';
import { problems } from './openapi.ts';

const documentRoute = <Path extends string>(path: Path, summary: string) =>
  createRoute({
    method: 'get',
    path,
    summary,
    request: {
      params: z.object({ id: givenIdSchema }),
      query: z.object({ locale: z.enum(locales).optional() }),
    },
    responses: {
      200: {
        description: 'A tagged PDF (PDF/UA-1): the same bytes whenever it is asked for',
        content: { 'application/pdf': { schema: z.string().openapi({ format: 'binary' }) } },
      },
      ...problems(400, 401, 404, 409, 429),
    },
  });

const confirmation = documentRoute(
  '/api/payments/{id}/confirmation.pdf',
  'The confirmation that the bank has received a payment (PSD2 article 46)',
);
const receipt = documentRoute('/api/payments/{id}/receipt.pdf', 'The receipt of a settled payment');

/** The documents of a payment. A browser that gets none is answered with a page, as the customer followed a link. */
export function paymentDocumentRoutes(
  app: OpenAPIHono<HttpEnvironment>,
  dependencies: HttpDependencies,
): void {
  const answer = async (
    c: HttpContext,
    choice: { kind: DocumentKind; id: string; locale: (typeof locales)[number] | undefined },
  ): Promise<Response> => {
    try {
      const user = await requireUser(c, dependencies);
      const locale = choice.locale ?? c.get('locale');
      return asFile(c, await readPaymentDocument(dependencies.context, user, { ...choice, locale }));
    } catch (error) {
      return answerProblemPage(c, dependencies, error);
    }
  };
  app.openapi(confirmation, (c) =>
    answer(c, { kind: 'confirmation', id: c.req.valid('param').id, locale: c.req.valid('query').locale }),
  );
  app.openapi(receipt, (c) =>
    answer(c, { kind: 'receipt', id: c.req.valid('param').id, locale: c.req.valid('query').locale }),
  );
}

/** With its hash as RFC 9530 writes it: the same payment has the same one again. */
function asFile(c: HttpContext, { bytes, sha256, fileName }: PaymentDocument): Response {
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="${fileName}"`,
    'cache-control': 'private, no-store',
    'repr-digest': `sha-256=:${sha256.toString('base64')}:`,
  });
}
