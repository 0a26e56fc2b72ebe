import type { KycVerdict } from '#domain/kyc/verdict.ts';
import { isFinalRefusal } from '#domain/kyc/standing.ts';
import type { Locale } from '#domain/locale.ts';

type Text = Record<Locale, string>;

const photo: Text = {
  nb: 'Bildet var ikke tydelig nok. Ta et nytt bilde av hele dokumentet i godt lys, uten gjenskinn.',
  en: 'The photo was not clear enough. Take a new photo of the whole document in good light, without glare.',
};
const original: Text = {
  nb: 'Bruk et bilde av selve dokumentet, ikke et skjermbilde eller en kopi.',
  en: 'Use a photo of the document itself, not a screenshot or a copy.',
};
const page: Text = {
  nb: 'En side av dokumentet mangler. Ta bilde av alle sidene.',
  en: 'Part of the document is missing. Take a photo of every side.',
};
const expired: Text = {
  nb: 'Dokumentet er utløpt eller ugyldig. Bruk et gyldig dokument.',
  en: 'The document has expired or is not valid. Use a valid document.',
};
const face: Text = {
  nb: 'Vi kunne ikke sammenligne bildet av ansiktet ditt med dokumentet. Ta et nytt bilde der hele ansiktet vises.',
  en: 'We could not compare the photo of your face with the document. Take a new one that shows your whole face.',
};
const unsuitable: Text = {
  nb: 'Dokumentet kan ikke brukes. Bruk pass, førerkort eller nasjonalt ID-kort.',
  en: 'This document cannot be used. Use a passport, driving licence or national ID card.',
};

const missing: Text = {
  nb: 'Et dokument mangler. Send inn dokumentet som kontrollen ber om.',
  en: 'A document is missing. Send the document that the check asks for.',
};
const differs: Text = {
  nb: 'Opplysningene stemmer ikke med dokumentet. Skriv dem nøyaktig som de står der.',
  en: 'Your details do not match the document. Enter them exactly as they appear on it.',
};
const interrupted: Text = {
  nb: 'Kontrollen ble avbrutt. Start på nytt, og la siden stå åpen til du har sendt inn alt.',
  en: 'The check was interrupted. Start again, and keep the page open until you have sent everything.',
};
const later: Text = {
  nb: 'En del av kontrollen var utilgjengelig. Prøv igjen.',
  en: 'Part of the check was unavailable. Try again.',
};

/** The advice for each of Sumsub's reject labels that the customer can act on. */
const texts: Record<string, Text | undefined> = {
  UNSATISFACTORY_PHOTOS: photo,
  DOCUMENT_UNREADABLE: photo,
  DOCUMENT_DAMAGED: photo,
  LOW_QUALITY: photo,
  SCREENSHOTS: original,
  GRAPHIC_EDITOR: original,
  BLACK_AND_WHITE: original,
  DIGITAL_DOCUMENT: original,
  DOCUMENT_PAGE_MISSING: page,
  FRONT_SIDE_MISSING: page,
  BACK_SIDE_MISSING: page,
  INCOMPLETE_DOCUMENT: page,
  EXPIRATION_DATE: expired,
  ID_INVALID: expired,
  BAD_FACE_MATCHING: face,
  BAD_SELFIE: face,
  BAD_VIDEO_SELFIE: face,
  UNSUITABLE_ENV: face,
  BAD_PROOF_OF_IDENTITY: unsuitable,
  INCOMPATIBLE_LANGUAGE: unsuitable,
  UNSUITABLE_DOCUMENT: unsuitable,
  NOT_DOCUMENT: unsuitable,
  DOCUMENT_TEMPLATE: unsuitable,
  UNFILLED_ID: unsuitable,
  OUTDATED_DOCUMENT_VERSION: unsuitable,
  BAD_AVATAR: photo,
  DOCUMENT_MISSING: missing,
  ADDITIONAL_DOCUMENT_REQUIRED: missing,
  REQUESTED_DATA_MISMATCH: differs,
  PROBLEMATIC_APPLICANT_DATA: differs,
  INCORRECT_SOCIAL_NUMBER: differs,
  CONNECTION_INTERRUPTED: interrupted,
  APPLICANT_INTERRUPTED_INTERVIEW: interrupted,
  CHECK_UNAVAILABLE: later,
};

/**
 * Labels about crime and sanctions. Telling the customer about them would be tipping off (hvitvaskingsloven § 28), so a
 * verdict with one of these labels gives no reasons at all.
 */
const silent = new Set([
  'ADVERSE_MEDIA',
  'BLOCKLIST',
  'COMPROMISED_PERSONS',
  'CRIMINAL',
  'DUPLICATE',
  'FORGERY',
  'FRAUDULENT_LIVENESS',
  'FRAUDULENT_PATTERNS',
  'INCONSISTENT_PROFILE',
  'PEP',
  'REGULATIONS_VIOLATIONS',
  'RESTRICTED_PERSON',
  'SANCTIONS',
  'SELFIE_MISMATCH',
  'SPAM',
  'THIRD_PARTY_INVOLVED',
]);
/** Matches labels of the same kind that Sumsub may add later. */
const silentWords = /FRAUD|SANCTION|CRIM|TERROR|BLOCKLIST|BLACKLIST|WATCHLIST|ADVERSE|(^|_)PEPS?(_|$)/i;

/**
 * The advice to show a customer about a verdict. Where Drop has no text for any label, Sumsub's comment to the customer
 * is shown. A final refusal has no advice: nothing can be tried, and a reason could reveal a suspicion.
 */
export function kycReasons(verdict: KycVerdict, locale: Locale): string[] {
  if (isFinalRefusal(verdict)) return [];
  if (verdict.labels.some((label) => silent.has(label) || silentWords.test(label))) return [];
  const known = verdict.labels.flatMap((label) => texts[label]?.[locale] ?? []);
  if (known.length > 0) return [...new Set(known)];
  return verdict.customerComment === undefined ? [] : [verdict.customerComment];
}
