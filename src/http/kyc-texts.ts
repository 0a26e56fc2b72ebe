import type { KycVerdict } from '#domain/kyc.ts';
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

/** What a customer may be told of a verdict, in plain words; Sumsub's own comment where Drop has no words. */
export function kycReasons(verdict: KycVerdict, locale: Locale): string[] {
  if (verdict.labels.some((label) => silent.has(label))) return [];
  const known = verdict.labels.flatMap((label) => texts[label]?.[locale] ?? []);
  if (known.length > 0) return [...new Set(known)];
  return verdict.customerComment === undefined ? [] : [verdict.customerComment];
}
