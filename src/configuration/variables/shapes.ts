import { z } from 'zod';
import { Secret } from '#domain/secret.ts';

export const text = z.string().min(1);
export const secret = text.transform((value) => new Secret(value));
/** Line breaks may have become the two characters `\n` on their way through an environment variable. */
export const pem = text.transform((value) => value.replaceAll('\\n', '\n'));
export const secretPem = pem.transform((value) => new Secret(value));
export const url = z.url({ protocol: /^https?$/ });
/** The beginning of addresses, to which Drop appends a path (see `src/domain/address.ts`). */
export const baseAddress = url.refine(
  (value) => !/[?#]/.test(value),
  'must be an address without a query or a fragment',
);
/** Scheme, host and port, as browsers compare them. */
export const origin = baseAddress
  .refine(
    (value) => /^\/*$/.test(URL.parse(value)?.pathname ?? ''),
    'must be an origin: an address without a path',
  )
  .transform((value) => new URL(value).origin);
/** A comma too many is no value: an empty webhook secret would be one that anybody knows. */
export const list = text
  .transform((value) =>
    value
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  )
  .refine((parts) => parts.length > 0, 'must hold a value beside its commas');
export const secrets = list.transform((values) => values.map((value) => new Secret(value)));
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
