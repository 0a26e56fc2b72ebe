/** A program and a system by fixed words; undefined where the header names none of them. */
export interface DeviceWords {
  /** `app`: Drop's own app. */
  program: Program | undefined;
  system: System | undefined;
}

/** Far more than browsers send. The patterns take as long as the square of what they read. */
const charactersMax = 512;

/**
 * The device of a session, from its kind and its `User-Agent` (RFC 9110, 10.1.5). The header can contain anything, so
 * the result consists only of the words below.
 */
export function deviceOf(session: { kind: 'browser' | 'app'; userAgent: string | undefined }): DeviceWords {
  const { kind } = session;
  const userAgent = session.userAgent?.slice(0, charactersMax) ?? '';
  return {
    program: kind === 'app' ? 'app' : firstMatch(browsers, userAgent),
    system: firstMatch(systems, userAgent),
  };
}

/**
 * The order matters: nearly all browsers include "Safari", and most of the others include "Chrome" beside their own
 * name.
 */
const browsers = [
  [/\b(?:Edg|EdgA|EdgiOS)\//, 'Edge'],
  [/\b(?:OPR|OPT|Opera)\//, 'Opera'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome|Chromium)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
] as const satisfies [RegExp, string][];

/**
 * Phones first: Android also includes "Linux", and iOS "like Mac OS X". An iPad that requests desktop pages reports to
 * be a Mac.
 */
const systems = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac(?:intosh| OS X)\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
] as const satisfies [RegExp, string][];

export type Program = (typeof browsers)[number][1] | 'app';
export type System = (typeof systems)[number][1];

function firstMatch<Word>(table: readonly (readonly [RegExp, Word])[], text: string): Word | undefined {
  return table.find(([pattern]) => pattern.test(text))?.[1];
}
