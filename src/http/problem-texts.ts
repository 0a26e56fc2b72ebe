import type { ErrorCode } from '#domain/errors.ts';
import type { Locale } from '#domain/locale.ts';

type Text = Record<Locale, string>;

/** What a customer is told, by code: what happened and how to go on. Never more than the code itself reveals. */
export const problemTexts: Record<ErrorCode, Text> = {
  invalid_request: {
    nb: 'Noe i forespørselen mangler eller er feil.',
    en: 'Something in the request is missing or wrong.',
  },
  configuration_invalid: { nb: 'Drop er satt opp feil.', en: 'Drop is set up wrongly.' },
  idempotency_key_missing: {
    nb: 'Forespørselen mangler Idempotency-Key.',
    en: 'The request needs an Idempotency-Key header.',
  },
  idempotency_key_reused: {
    nb: 'Denne nøkkelen er brukt til en annen betaling. Ingenting er sendt.',
    en: 'That key was used for another payment. Nothing was sent.',
  },
  not_signed_in: { nb: 'Du er ikke logget inn.', en: 'You are not signed in.' },
  forbidden_origin: {
    nb: 'Forespørselen kom fra en annen nettside.',
    en: 'The request came from another website.',
  },
  not_found: { nb: 'Vi finner ikke det du leter etter.', en: 'We cannot find what you are looking for.' },
  rate_limited: {
    nb: 'Det kom for mange forsøk herfra på kort tid. Vent litt, og prøv igjen.',
    en: 'Too many attempts came from here in a short time. Wait a while and try again.',
  },
  payload_too_large: { nb: 'Forespørselen er for stor.', en: 'The request is too large.' },
  unsupported_media_type: { nb: 'Send JSON (application/json).', en: 'Send JSON (application/json).' },
  internal_error: {
    nb: 'Noe gikk galt hos oss. Prøv igjen om litt.',
    en: 'Something went wrong on our side. Try again in a while.',
  },
  database_unavailable: {
    nb: 'Drop er nede akkurat nå. Prøv igjen om litt.',
    en: 'Drop is down right now. Try again in a while.',
  },

  sign_in_state_mismatch: {
    nb: 'Innloggingen er brukt, for gammel, eller begynt et annet sted. Logg inn på nytt.',
    en: 'That sign-in has been used, is too old, or was begun elsewhere. Sign in again.',
  },
  sign_in_cancelled: { nb: 'Du avbrøt innloggingen.', en: 'You cancelled the sign-in.' },
  sign_in_expired: {
    nb: 'Innloggingssiden hos BankID hadde gått ut på tid. Logg inn på nytt.',
    en: 'The sign-in page at BankID had expired. Sign in again.',
  },
  sign_in_code_exchange_failed: {
    nb: 'Vi fikk ikke fullført innloggingen med BankID. Prøv igjen.',
    en: 'We could not complete the sign-in with BankID. Try again.',
  },
  sign_in_token_invalid: {
    nb: 'Vi kunne ikke stole på svaret fra BankID, så du er ikke logget inn. Prøv igjen.',
    en: 'We could not trust the answer from BankID, so you are not signed in. Try again.',
  },
  sign_in_under_age: {
    nb: 'Du må ha fylt 18 år for å bruke Drop.',
    en: 'You must be 18 or over to use Drop.',
  },
  sign_in_identity_conflict: {
    nb: 'BankID-opplysningene passer ikke med det Drop vet om deg fra før. Vi har gitt beskjed til kundeservice.',
    en: 'What BankID says does not agree with what Drop knows of you. We have told customer service.',
  },
  sign_in_unavailable: {
    nb: 'BankID svarer ikke akkurat nå. Prøv igjen om litt.',
    en: 'BankID is not answering right now. Try again in a while.',
  },

  kyc_required: {
    nb: 'Du må bekrefte hvem du er før du kan bruke banken din i Drop.',
    en: 'You must verify your identity before you can use your bank in Drop.',
  },
  kyc_rejected: {
    nb: 'Vi kunne ikke bekrefte hvem du er, så du kan ikke betale med Drop.',
    en: 'We could not verify your identity, so you cannot pay with Drop.',
  },
  kyc_unavailable: {
    nb: 'Bekreftelse av identitet er ikke tilgjengelig akkurat nå. Prøv igjen om litt.',
    en: 'Verification is temporarily unavailable. Try again in a while.',
  },
  kyc_conflict: {
    nb: 'Bekreftelsen kan ikke startes nå.',
    en: 'The verification cannot be started now.',
  },

  bank_unknown: { nb: 'Vi kjenner ikke den banken.', en: 'We do not know that bank.' },
  bank_unavailable: {
    nb: 'Banken svarer ikke akkurat nå. Ingenting er sendt. Prøv igjen om litt.',
    en: 'The bank is not answering right now. Nothing was sent. Try again in a while.',
  },
  bank_rate_limited: {
    nb: 'Banken har fått for mange forespørsler. Prøv igjen om litt.',
    en: 'The bank has had too many requests. Try again in a while.',
  },
  consent_cancelled: { nb: 'Du avbrøt samtykket hos banken.', en: 'You cancelled the consent at the bank.' },
  consent_failed: {
    nb: 'Samtykket ble ikke fullført hos banken. Prøv igjen.',
    en: 'The consent was not completed at the bank. Try again.',
  },
  consent_expired: {
    nb: 'Samtykket hos banken har gått ut. Gi et nytt samtykke for å fortsette. Ingen penger er flyttet.',
    en: 'Your consent at the bank has expired. Give a new one to go on. No money has moved.',
  },
  consent_revoked: {
    nb: 'Samtykket er trukket tilbake. Gi et nytt samtykke for å fortsette. Ingen penger er flyttet.',
    en: 'The consent was withdrawn. Give a new one to go on. No money has moved.',
  },
  consent_ended: {
    nb: 'Samtykket gjelder ikke lenger. Gi et nytt samtykke for å fortsette. Ingen penger er flyttet.',
    en: 'The consent no longer holds. Give a new one to go on. No money has moved.',
  },
  consent_state_mismatch: {
    nb: 'Vi kjenner ikke igjen svaret fra banken. Start på nytt fra Drop.',
    en: 'We do not recognise the answer from the bank. Start again from Drop.',
  },
  account_unknown: { nb: 'Vi finner ikke kontoen.', en: 'We cannot find the account.' },

  payment_creditor_account_invalid: {
    nb: 'Kontonummeret til mottakeren er ikke gyldig. Sjekk at du har skrevet alle 11 sifrene riktig.',
    en: "The recipient's account number is not valid. Check that all 11 digits are right.",
  },
  payment_kid_invalid: {
    nb: 'KID-nummeret er ikke gyldig. Sjekk det mot fakturaen, og bruk enten KID eller melding.',
    en: 'The KID is not valid. Check it against the invoice, and use either a KID or a message.',
  },
  payment_amount_invalid: {
    nb: 'Beløpet må være mellom 0,01 og 1 000 000 kr.',
    en: 'The amount must be between NOK 0.01 and NOK 1,000,000.',
  },
  payment_insufficient_funds: {
    nb: 'Det er ikke nok penger på kontoen. Ingenting er sendt.',
    en: 'There is not enough money in the account. Nothing was sent.',
  },
  payment_refused_by_bank: {
    nb: 'Banken tok ikke imot betalingen. Ingen penger er flyttet.',
    en: 'The bank did not take the payment. No money has moved.',
  },
  payment_outcome_unknown: {
    nb: 'Vi vet ikke ennå om banken fikk betalingen. Ikke betal på nytt før vi vet.',
    en: 'We do not know yet whether the bank has the payment. Do not pay again until we do.',
  },
  payment_unknown: { nb: 'Vi finner ikke betalingen.', en: 'We cannot find the payment.' },
  payment_not_cancellable: {
    nb: 'Betalingen kan ikke stoppes fra Drop. Godkjenner du den ikke i banken, blir den ikke gjennomført.',
    en: 'The payment cannot be stopped from Drop. If you do not approve it at the bank, it will not be carried out.',
  },

  provider_unavailable: {
    nb: 'Tjenesten svarer ikke. Prøv igjen om litt.',
    en: 'The service is not answering. Try again in a while.',
  },
  provider_timeout: {
    nb: 'Tjenesten bruker for lang tid. Prøv igjen om litt.',
    en: 'The service is too slow. Try again in a while.',
  },
  provider_rate_limited: {
    nb: 'For mange forespørsler. Prøv igjen om litt.',
    en: 'Too many requests. Try again in a while.',
  },
  provider_rejected_credentials: { nb: 'Noe gikk galt hos oss.', en: 'Something went wrong on our side.' },
  provider_invalid_response: {
    nb: 'Tjenesten svarte noe vi ikke forstår.',
    en: 'The service gave an answer we do not understand.',
  },
  provider_refused: { nb: 'Tjenesten sa nei.', en: 'The service refused.' },

  webhook_signature_invalid: { nb: 'Signaturen stemmer ikke.', en: 'The signature does not match.' },
  webhook_malformed: { nb: 'Innholdet kan ikke leses.', en: 'The content cannot be read.' },
};
