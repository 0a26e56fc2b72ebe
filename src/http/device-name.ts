import type { Locale } from '#domain/locale.ts';

/**
 * What a customer knows a device by, from the `User-Agent` it sent (RFC 9110, 10.1.5). A browser may say there what it
 * likes, so a name is made of the words below and of nothing that was sent.
 */
export function deviceName(
  device: { kind: 'browser' | 'app'; userAgent: string | undefined },
  locale: Locale,
): string {
  const userAgent = device.userAgent ?? '';
  const texts = words[locale];
  const program = device.kind === 'app' ? texts.app : firstMatch(browsers, userAgent);
  const system = firstMatch(systems, userAgent);
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

/** The order counts: nearly all say "Safari", and most of the rest say "Chrome" beside their own name. */
const browsers: [RegExp, string][] = [
  [/\b(?:Edg|EdgA|EdgiOS)\//, 'Edge'],
  [/\b(?:OPR|OPT|Opera)\//, 'Opera'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome|Chromium)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
];

/**
 * Phones first: Android says "Linux" too, and iOS "like Mac OS X". An iPad that asks for desktop pages says that it is
 * a Mac.
 */
const systems: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac(?:intosh| OS X)\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
];

function firstMatch(table: readonly [RegExp, string][], text: string): string | undefined {
  return table.find(([pattern]) => pattern.test(text))?.[1];
}
