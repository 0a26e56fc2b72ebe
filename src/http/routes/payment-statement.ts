import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { StatementForm } from '#domain/payment/statement-period.ts';
import {
  statementFileName,
  writeStatementCsv,
  writeStatementPdf,
} from '#usecases/documents/statement/statement.ts';
import { statementQuerySchema, type StatementQuery } from '../contract/payments.ts';
import { requireUser } from '../customer.ts';
import type { HttpContext, HttpDependencies, HttpEnvironment } from '../environment.ts';
import { answerProblemPage } from '../problem.ts';
import { problems } from './openapi.ts';

const statementRoute = <Path extends string>(path: Path, type: string, description: string) =>
  createRoute({
    method: 'get',
    path,
    summary: "A statement of the customer's payments that were created in a period",
    request: { query: statementQuerySchema },
    responses: {
      200: { description, content: { [type]: { schema: z.string().openapi({ format: 'binary' }) } } },
      ...problems(400, 401, 422, 429),
    },
  });

const types: Record<StatementForm, string> = { csv: 'text/csv; charset=utf-8', pdf: 'application/pdf' };
const csv = statementRoute(
  '/api/payment-statement.csv',
  'text/csv',
  'RFC 4180, in UTF-8 with a byte order mark; in Norwegian with semicolons and decimal commas',
);
const pdf = statementRoute('/api/payment-statement.pdf', 'application/pdf', 'A tagged PDF (PDF/UA-1)');

/** The statement of a customer's payments. A browser that gets none is answered with a page. */
export function paymentStatementRoutes(
  app: OpenAPIHono<HttpEnvironment>,
  dependencies: HttpDependencies,
): void {
  const answer = async (c: HttpContext, form: StatementForm, query: StatementQuery): Promise<Response> => {
    try {
      const user = await requireUser(c, dependencies);
      const { from, to, locale = c.get('locale') } = query;
      const choice = { period: { from, to }, locale };
      return c.body(await bodies[form](dependencies.context, user, choice), 200, {
        'content-type': types[form],
        'content-disposition': `attachment; filename="${statementFileName(choice, form)}"`,
        'cache-control': 'private, no-store',
      });
    } catch (error) {
      return answerProblemPage(c, dependencies, error);
    }
  };
  app.openapi(csv, (c) => answer(c, 'csv', c.req.valid('query')));
  app.openapi(pdf, (c) => answer(c, 'pdf', c.req.valid('query')));
}

type Writing = Parameters<typeof writeStatementCsv>;
type Body = ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>;

const bodies: Record<StatementForm, (...writing: Writing) => Promise<Body>> = {
  csv: async (...writing) => ReadableStream.from(encoded(await writeStatementCsv(...writing))),
  pdf: async (...writing) => new Uint8Array(await writeStatementPdf(...writing)),
};

async function* encoded(lines: AsyncGenerator<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const text of lines) yield encoder.encode(text);
}
