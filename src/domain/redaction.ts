import { isAccountNumber } from './banking/account-number.ts';
import { parseNationalIdentityNumber } from './identity/national-identity-number.ts';

/**
 * Removes sensitive values from a text for operators: national identity numbers, account numbers and IBANs with valid
 * control digits, tokens, authorization headers, webhook URLs, and values whose names suggest secrets. `known` lists
 * secrets of the caller, which are removed literally.
 *
 * This is the second line of defence; the first is not to write such values into a text. An 11-digit number without
 * valid control digits is kept, because order and reference numbers look the same.
 */
export function redactText(text: string, known: readonly string[] = []): string {
  const withoutKnown = known
    .filter((secret) => secret !== '')
    .reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text);
  return rules.reduce((rest, rule) => rule(rest), withoutKnown);
}

type Rule = (text: string) => string;

const replacing =
  (pattern: RegExp, replacement: string): Rule =>
  (text) =>
    text.replace(pattern, replacement);

/** The order matters: a URL or a token is removed as a whole before its parts are examined. */
const rules: readonly Rule[] = [
  replacing(/https:\/\/hooks\.slack(?:-gov)?\.com\/[^\s"'<>|]+/gi, '[webhook url]'),
  replacing(/(?<![\w-])eyJ[\w-]+(?:\.[\w-]*){1,4}/g, '[token]'),
  replacing(/\b(Bearer|Basic|DPoP)\s+[\w.~+/=-]{8,}/gi, '$1 [token]'),
  replacing(
    /(?<![\w-])([\w-]*(?:secret|password|token|verifier|api[_-]?key)["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s"'&,;}[]+)/gi,
    '$1[redacted]',
  ),
  replacing(/([?&](?:code|state)=)[^\s"'&#]+/gi, '$1[redacted]'),
  (text) => text.replace(/(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![A-Z0-9])/gi, redactIban),
  (text) => text.replace(/(?<!\d)\d{4}(?:[. ]\d{2}[. ]\d{5}|\d{2}[ -]?\d{5})(?!\d)/g, redactElevenDigits),
];

/** The match may include words after the IBAN, so every shorter prefix is tried, the longest first. */
function redactIban(match: string): string {
  for (let end = match.length; end >= ibanLengthMin; end -= 1) {
    if (/[A-Z0-9]/i.test(match[end] ?? ' ')) continue;
    if (isIban(match.slice(0, end))) return `[iban]${match.slice(end)}`;
  }
  return match;
}

/** The length of a Norwegian IBAN, the shortest in the ISO 13616 registry. */
const ibanLengthMin = 15;

/** ISO 13616: with the first four characters moved to the end and letters as 10–35, modulo 97 gives 1. */
function isIban(text: string): boolean {
  const compact = text.replaceAll(' ', '').toUpperCase();
  const digits = [...compact.slice(4), ...compact.slice(0, 4)]
    .map((character) => Number.parseInt(character, 36).toString())
    .join('');
  return compact.length >= ibanLengthMin && BigInt(digits) % 97n === 1n;
}

function redactElevenDigits(match: string): string {
  const digits = match.replace(/\D/g, '');
  if (parseNationalIdentityNumber(digits).ok) return '[national number]';
  return isAccountNumber(digits) ? '[account number]' : match;
}
