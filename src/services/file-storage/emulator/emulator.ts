import { Hono } from 'hono';
import type { Emulator, EmulatorContext, EmulatorEnvironment } from '#emulation/emulator.ts';
import { sigV4RefusalOf, type SigV4Account } from '#emulation/sigv4.ts';
import { signedRequestOf } from '#emulation/sigv4-canonical.ts';
import { codeOfRefusal, s3Error, s3Errors } from './errors.ts';
import type { S3Object } from './objects.ts';
import { operationsOn, type S3Context } from './operations.ts';

export interface FileStorageEmulatorOptions {
  bucket: string;
  account: Omit<SigV4Account, 'service'>;
  /** The most keys of one page; S3's 1,000 unless given. */
  pageMax?: number;
}

const pageMaxDefault = 1_000;

/** S3 with one bucket, by the path: `/bucket/key`. Every request must be signed. */
export function createFileStorageEmulator(
  context: EmulatorContext,
  options: FileStorageEmulatorOptions,
): Emulator {
  const { clock, faults } = context;
  const objects = new Map<string, S3Object>();
  const { pageMax = pageMaxDefault } = options;
  const { put, get, list, remove } = operationsOn(objects, { bucket: options.bucket, clock, pageMax });
  const account: SigV4Account = { ...options.account, service: 's3' };
  faults.answerWith(s3Errors);

  /** The body of a request that is signed, or S3's refusal. */
  async function admitted(c: S3Context): Promise<Uint8Array | Response> {
    const body = new Uint8Array(await c.req.arrayBuffer());
    const target = c.env.incoming.url ?? '/';
    const refusal = sigV4RefusalOf(signedRequestOf(c.req.raw, target, body), account, clock.now());
    if (refusal !== undefined) return s3Error(codeOfRefusal[refusal]);
    return c.req.param('bucket') === options.bucket ? body : s3Error('NoSuchBucket');
  }

  const routes = new Hono<EmulatorEnvironment>();
  const answer =
    (act: (c: S3Context, body: Uint8Array) => Response) =>
    async (c: S3Context): Promise<Response> => {
      const body = await admitted(c);
      return body instanceof Response ? body : act(c, body);
    };
  const object = '/:bucket/:owner/:name{.+}';
  routes.put(object, faults.guard('put_object'), answer(put));
  routes.get(object, faults.guard('get_object'), answer(get));
  routes.delete(object, faults.guard('delete_object'), answer(remove));
  for (const path of ['/:bucket', '/:bucket/']) routes.get(path, faults.guard('list_objects'), answer(list));

  return {
    name: 'file-storage',
    routes,
    reset: () => objects.clear(),
    persistence: {
      save: () => objects,
      restore(saved) {
        for (const [key, each] of saved as typeof objects) objects.set(key, each);
      },
    },
    state: () => ({
      bucket: options.bucket,
      objects: [...objects].map(([key, { bytes, type, storedAt }]) => ({
        key,
        type,
        bytes: bytes.byteLength,
        storedAt,
      })),
    }),
  };
}
