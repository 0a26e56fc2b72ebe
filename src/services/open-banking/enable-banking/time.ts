import { z } from 'zod';

const dateTime = z.iso.datetime({ offset: true, local: true });
const hasOffset = /(Z|[+-]\d\d:\d\d)$/;

/**
 * Reads a time as the provider writes it (RFC 3339), or nearly: without an offset it is UTC, as all its times are, and
 * a date alone is the beginning of its day, which is the earliest that it can mean. Undefined where it is no time.
 */
export function readTime(text: string): Date | undefined {
  const written = text.trim().toUpperCase().replace(' ', 'T');
  const withTime = z.iso.date().safeParse(written).success ? `${written}T00:00:00` : written;
  const normal = withTime.replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
  if (!dateTime.safeParse(normal).success) return undefined;
  return new Date(hasOffset.test(normal) ? normal : `${normal}Z`);
}
