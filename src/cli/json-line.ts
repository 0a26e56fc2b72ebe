import { escapedJson } from '#domain/escaped-json.ts';

/** One line of JSON, safe for the terminal whatever texts from outside Drop it holds. */
export function jsonLine(value: unknown): string {
  return `${escapedJson(JSON.stringify(value))}\n`;
}
