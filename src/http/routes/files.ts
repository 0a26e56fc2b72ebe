import type { OpenAPIHono } from '@hono/zod-openapi';
import { fileBytesMax, type ServedAddress, type ServedFiles } from '#services/file-storage/service.ts';
import type { HttpContext, HttpDependencies, HttpEnvironment } from '../environment.ts';
import { answerProblemPage } from '../problem.ts';
import { readRequestBody } from '../raw-body.ts';

const path = '/api/files/:owner/:name';

/**
 * The files that Drop serves itself, where no bucket does. The routes stand before the limit of 64 KiB for the bodies
 * of the API.
 */
export function fileRoutes(app: OpenAPIHono<HttpEnvironment>, dependencies: HttpDependencies): void {
  const { served } = dependencies.context.services.files;
  // A browser that gets no file is answered with a page, as the customer followed a link.
  if (served) serveFiles(app, served, (c, error) => answerProblemPage(c, dependencies, error));
}

/** An address is its own permission, as with S3: it holds a signature and needs no session. */
export function serveFiles(
  app: OpenAPIHono<HttpEnvironment>,
  served: ServedFiles,
  answerFailure: (c: HttpContext, error: unknown) => Response | Promise<Response>,
): void {
  app.get(path, (c) => download(c, served).catch((error: unknown) => answerFailure(c, error)));
  app.put(path, (c) => upload(c, served).catch((error: unknown) => answerFailure(c, error)));
}

async function download(c: HttpContext, served: ServedFiles): Promise<Response> {
  const { bytes, type, fileName } = await served.download(addressOf(c));
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': type,
    'content-disposition': `attachment; filename="${fileName}"`,
    'cache-control': 'private, no-store',
  });
}

async function upload(c: HttpContext, served: ServedFiles): Promise<Response> {
  await served.upload(addressOf(c), {
    type: c.req.header('content-type') ?? '',
    bytes: Number(c.req.header('content-length')),
    read: () => readRequestBody(c.req.raw, fileBytesMax, 'invalid_request'),
  });
  return c.body(null, 200);
}

function addressOf(c: HttpContext): ServedAddress {
  return { key: `${c.req.param('owner') ?? ''}/${c.req.param('name') ?? ''}`, query: c.req.query() };
}
