import type { KycVerdict } from '#domain/kyc/verdict.ts';
import { isFinalRefusal } from '#domain/kyc/standing.ts';
import type { Locale } from '#domain/locale.ts';

type Text = Record<Locale, string>;

const photo: Text = {
  nb: 'Bildet var ikke tydelig nok. Ta et nytt bilde i godt lys, uten gjenskinn, der hele dokumentet synes.',
  en: 'The picture was not clear enough. Take a new one in good light, without glare, showing the whole document.',
};
const original: Text = {
  nb: 'Bruk et bilde av selve dokumentet, ikke et skjermbilde eller en kopi.',
  en: 'Use a picture of the document itself, not a screenshot or a copy.',
};
const page: Text = {
  nb: 'En side av dokumentet mangler. Ta bilde av alle sidene.',
  en: 'A side of the document is missing. Take a picture of every side.',
};
const expired: Text = {
  nb: 'Dokumentet har gått ut. Bruk et som er gyldig.',
  en: 'The document has expired. Use one that is valid.',
};
const face: Text = {
  nb: 'Selfien kunne ikke sammenlignes med dokumentet. Ta den på nytt, med hele ansiktet i bildet.',
  en: 'The selfie could not be compared with the document. Take it again, with your whole face in the picture.',
};
const unsuitable: Text = {
  nb: 'Dokumentet kan ikke brukes. Bruk pass, førerkort eller nasjonalt ID-kort.',
  en: 'That document cannot be used. Use a passport, a driving licence or a national identity card.',
};

const missing: Text = {
  nb: 'Et dokument mangler. Legg ved det kontrollen ber om.',
  en: 'A document is missing. Add the one that the check asks for.',
};
const differs: Text = {
  nb: 'Opplysningene stemmer ikke med dokumentet. Kontroller at navn og fødselsdato er som der.',
  en: 'The details do not agree with the document. See that name and date of birth are as they are there.',
};
const interrupted: Text = {
  nb: 'Kontrollen ble avbrutt. Begynn på nytt, og la siden stå åpen til den er ferdig.',
  en: 'The check was interrupted. Begin again, and leave the page open until it is done.',
};
const later: Text = {
  nb: 'En av kontrollene kunne ikke gjøres akkurat da. Prøv igjen.',
  en: 'One of the checks could not be made just then. Try again.',
};

/** Sumsub's reject labels that a customer can do something about. */
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
 * Labels about crime and sanctions: to tell the customer of them would be tipping off (hvitvaskingsloven § 28).
 * With one of them nothing is told at all.
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
/** What Sumsub may add to that list. */
const silentWords = /FRAUD|SANCTION|CRIM|TERROR|BLOCKLIST|BLACKLIST|WATCHLIST|ADVERSE|(^|_)PEPS?(_|$)/i;

/**
 * What a customer may be told to do about a verdict, in plain words; Sumsub's own comment where Drop has no words.
 * After a refusal for good there is nothing to do, and a reason could be a suspicion.
 */
export function kycReasons(verdict: KycVerdict, locale: Locale): string[] {
  if (isFinalRefusal(verdict)) return [];
  if (verdict.labels.some((label) => silent.has(label) || silentWords.test(label))) return [];
  const known = verdict.labels.flatMap((label) => texts[label]?.[locale] ?? []);
  if (known.length > 0) return [...new Set(known)];
  return verdict.customerComment === undefined ? [] : [verdict.customerComment];
}
