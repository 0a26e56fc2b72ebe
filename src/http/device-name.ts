import { deviceOf } from '#domain/device.ts';
import type { Locale } from '#domain/locale.ts';

/**
 * The display name of a device, from its `User-Agent` (RFC 9110, 10.1.5). The name consists of fixed words only and
 * never of text from the header.
 */
export function deviceName(
  device: { kind: 'browser' | 'app'; userAgent: string | undefined },
  locale: Locale,
): string {
  const texts = words[locale];
  const found = deviceOf(device);
  const program = found.program === 'app' ? texts.app : found.program;
  const { system } = found;
  if (program !== undefined && system !== undefined) return texts.on(program, system);
  return program ?? system ?? texts.unknown;
}

const words: Record<
  Locale,
  { app: string; unknown: string; on: (program: string, system: string) => string }
> = {
  nb: {
    app: 'Drop-appen',
    unknown: 'Ukjent enhet',
    on: (program, system) => `${program} på ${system}`,
  },
  en: {
    app: 'The Drop app',
    unknown: 'Unknown device',
    on: (program, system) => `${program} on ${system}`,
  },
};
