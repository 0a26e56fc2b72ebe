import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { MiddlewareHandler } from 'hono';
import { getMimeType } from 'hono/utils/mime';
import type { HttpEnvironment } from './environment.ts';

const compressed = promisify(gzip);
const compressible = /^\/assets\/(?<name>[\w.-]+\.(?:js|css|svg))$/;

/**
 * Answers with the files of the bundle in `directory`, compressed, for clients that read gzip and not Brotli. Each is
 * compressed once, because anyone may ask for it as often as they like; a name never stands for another content. Files
 * that are not there, and other kinds of files, are left to the next handler.
 */
export function compressedAssets(directory: string): MiddlewareHandler<HttpEnvironment> {
  const made = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

  function make(name: string): Promise<Uint8Array<ArrayBuffer>> {
    const making = readFile(join(directory, 'assets', name))
      .then((bytes) => compressed(bytes))
      .then((bytes) => new Uint8Array(bytes));
    made.set(name, making);
    making.catch(() => made.delete(name));
    return making;
  }

  return async (c, next) => {
    const { name } = compressible.exec(c.req.path)?.groups ?? {};
    const encodings = c.req.header('accept-encoding') ?? '';
    // The build has made each file's Brotli form, which the next handler serves.
    const isForGzip = encodings.includes('gzip') && !/\bbr\b/.test(encodings);
    if (name === undefined || !isForGzip) return next();
    const bytes = await (made.get(name) ?? make(name)).catch(() => undefined);
    if (!bytes) return next();
    return c.body(bytes, 200, {
      'content-type': getMimeType(name) ?? 'application/octet-stream',
      'content-encoding': 'gzip',
    });
  };
}
