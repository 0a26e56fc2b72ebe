import { isAccountNumber } from './banking/account-number.ts';
import { parseNationalIdentityNumber } from './identity/national-identity-number.ts';

/**
 * Removes sensitive values from a text for operators: national identity numbers, account numbers and IBANs with valid
 * control digits, e-mail addresses, tokens, authorization headers, webhook URLs, credentials in URLs, and values whose
 * names suggest secrets. `known` lists secrets of the caller, which are removed literally. Takes time in proportion to
 * the length of the text.
 *
 * This is the second line of defence; the first is not to write such values into a text. An 11-digit number without
 * valid control digits is kept, because order and reference numbers look the same.
 */
export function redactText(text: string, known: readonly string[] = []): string {
  const withoutKnown = known
    .filter((secret) => secret !== '')
    .reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text);
  const redacted = (rest: string, { only, rule }: Rule): string => (only.test(rest) ? rule(rest) : rest);
  return rules.reduce(redacted, withoutKnown);
}

interface Rule {
  /** The rule finds nothing in a text without this. Most lines of a log have little of it, and the test is quick. */
  only: RegExp;
  rule: (text: string) => string;
}

const replacing = (only: RegExp, pattern: RegExp, replacement: string): Rule => ({
  only,
  rule: (text) => text.replace(pattern, replacement),
});

/** A name that suggests a secret, and the value after it. */
const namedSecret =
  /(?<![\w-])([\w-]*(?:secret|password|token|verifier|api[_-]?key)["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s"'&,;}[]+)/gi;

/** The order matters: a URL or a token is removed as a whole before its parts are examined. */
const rules: readonly Rule[] = [
  replacing(/hooks\.slack/i, /https:\/\/hooks\.slack(?:-gov)?\.com\/[^\s"'<>|]+/gi, '[webhook url]'),
  replacing(/eyJ/, /(?<![\w-])eyJ[\w-]+(?:\.[\w-]*){1,4}/g, '[token]'),
  replacing(/bearer|basic|dpop/i, /\b(Bearer|Basic|DPoP)\s+[\w.~+/=-]{8,}/gi, '$1 [token]'),
  {
    only: /[:=]/,
    rule: (text) =>
      text.replace(namedSecret, (match: string, name: string, value: string, at: number) =>
        isOfCall(text, at, value) ? match : `${name}[redacted]`,
      ),
  },
  replacing(/[?&]/, /([?&](?:code|state)=)[^\s"'&#]+/gi, '$1[redacted]'),
  // The texts about a wrong address show its form with these two words.
  replacing(/:\/\//, /(:\/\/)(?!user:password@)[^\s/@:]{0,256}:[^\s/@]{0,256}@/g, '$1[credentials]@'),
  // The lengths are those of RFC 5321, 4.5.3.1. Without them a long text would be read again from each character.
  replacing(
    /@/,
    /[^\s@"'<>()[\],:;=/|]{1,64}@[\p{L}\d_](?:[\p{L}\d_.-]{0,251}[\p{L}\d_])?\.\p{L}{2,63}(?![\p{L}\d])/gu,
    '[e-mail address]',
  ),
  {
    only: /\d\d/,
    rule: (text) => text.replace(/(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![A-Z0-9])/gi, redactIban),
  },
  {
    only: /\d{4}/,
    rule: (text) =>
      text.replace(/(?<!\d)\d{4}(?:[. ]\d{2}[. ]\d{5}|\d{2}[ -]?\d{5})(?!\d)/g, redactElevenDigits),
  },
];

/** What follows the name of a call in an error: a status, a code of Drop, Node or OpenSSL, or a sentence. */
const aboutCall = /^(?:\d{3}|answered|no|not|the|provider(?:_[a-z]+)+|E[A-Z]{4,14}|[A-Z]+(?:_[A-Z]+)+)$/;

/** Whether the name is that of a call, such as `provider.access_token: answered 403`, and no secret follows it. */
function isOfCall(text: string, at: number, value: string): boolean {
  return text[at - 1] === '.' && aboutCall.test(value);
}

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
