import type { Locale } from '#domain/locale.ts';

/**
 * The display name of a device, from its `User-Agent` (RFC 9110, 10.1.5). The header can contain anything, so the name
 * consists only of the words below and never of text from the header.
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

/**
 * The order matters: nearly all browsers include "Safari", and most of the others include "Chrome" beside their own
 * name.
 */
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
 * Phones first: Android also includes "Linux", and iOS "like Mac OS X". An iPad that requests desktop pages reports to
 * be a Mac.
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
