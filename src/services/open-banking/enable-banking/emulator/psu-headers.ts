import { isIP } from 'node:net';
import { refuse } from './refusal.ts';

const coordinates = /^-?\d{1,2}\.\d{1,6},-?\d{1,3}\.\d{1,6}$/;
const isGiven = (value: string): boolean => value.trim() !== '';

/** The documented headers about the customer, with the form of each. */
const forms: Readonly<Record<string, (value: string) => boolean>> = {
  'Psu-Ip-Address': (value) => isIP(value) !== 0,
  'Psu-User-Agent': isGiven,
  'Psu-Referer': isGiven,
  'Psu-Accept': isGiven,
  'Psu-Accept-Charset': isGiven,
  'Psu-Accept-Encoding': isGiven,
  'Psu-Accept-Language': isGiven,
  'Psu-Geo-Location': (value) => coordinates.test(value),
};

type Headers = Record<string, string>;

/** Refuses a header about the customer that does not have its documented form. Returns the names of those given. */
export function judgePsuHeaders(headers: Headers): string[] {
  const given = Object.keys(forms).filter((name) => headers[name.toLowerCase()] !== undefined);
  const invalid = given.find((name) => forms[name]?.(headers[name.toLowerCase()] ?? '') !== true);
  if (invalid !== undefined) throw refuse('PSU_HEADER_INVALID', `PSU header ${invalid} is not valid`);
  return given;
}

/**
 * Whether the customer is there: all the headers that the bank requires or none (OpenAPI, `required_psu_headers`). A
 * bank that requires none takes any of them for it.
 */
export function isAttended(headers: Headers, required: readonly string[]): boolean {
  const given = judgePsuHeaders(headers);
  if (given.length === 0) return false;
  const missing = required.find((name) => !given.includes(name));
  if (missing === undefined) return true;
  throw refuse('PSU_HEADER_NOT_PROVIDED', `PSU header ${missing} is not provided`);
}
