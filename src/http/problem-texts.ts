import type { ErrorCode } from '#domain/errors.ts';
import type { Locale } from '#domain/locale.ts';

type Text = Record<Locale, string>;

/** The customer's text for each error code: what happened and what to do next. It reveals no more than the code. */
export const problemTexts: Record<ErrorCode, Text> = {
  invalid_request: {
    nb: 'Noe i forespørselen mangler eller er feil.',
    en: 'Something in the request is missing or wrong.',
  },
  configuration_invalid: { nb: 'Drop er satt opp feil.', en: 'Drop is not set up correctly.' },
  idempotency_key_missing: {
    nb: 'Forespørselen mangler headeren Idempotency-Key.',
    en: 'The request needs an Idempotency-Key header.',
  },
  idempotency_key_reused: {
    nb: 'Denne nøkkelen (Idempotency-Key) er brukt til noe annet. Det du ba om nå, er ikke sendt.',
    en: 'This Idempotency-Key was used for something else. What you asked for now was not sent.',
  },
  not_signed_in: { nb: 'Du er ikke logget inn.', en: 'You are not signed in.' },
  forbidden_origin: {
    nb: 'Forespørselen kom fra en annen nettside.',
    en: 'The request came from another website.',
  },
  not_found: { nb: 'Vi finner ikke det du leter etter.', en: 'We cannot find what you are looking for.' },
  method_not_allowed: {
    nb: 'Adressen kan ikke brukes på denne måten.',
    en: 'The address cannot be used in this way.',
  },
  rate_limited: {
    nb: 'Det kom for mange forsøk på kort tid. Vent litt, og prøv igjen.',
    en: 'There have been too many attempts in a short time. Wait a while, then try again.',
  },
  payload_too_large: { nb: 'Forespørselen er for stor.', en: 'The request is too large.' },
  unsupported_media_type: { nb: 'Send JSON (application/json).', en: 'Send JSON (application/json).' },
  internal_error: {
    nb: 'Noe gikk galt hos oss. Prøv igjen om litt.',
    en: 'Something went wrong on our side. Try again later.',
  },
  database_unavailable: {
    nb: 'Drop er utilgjengelig akkurat nå. Prøv igjen om litt.',
    en: 'Drop is unavailable right now. Try again later.',
  },

  sign_in_state_mismatch: {
    nb: 'Innloggingen er allerede brukt, er for gammel eller ble startet et annet sted. Logg inn på nytt.',
    en: 'This sign-in has already been used, is too old or was started elsewhere. Sign in again.',
  },
  sign_in_cancelled: { nb: 'Du avbrøt innloggingen.', en: 'You cancelled the sign-in.' },
  sign_in_expired: {
    nb: 'Innloggingssiden hos BankID er utløpt. Logg inn på nytt.',
    en: 'The BankID sign-in page has expired. Sign in again.',
  },
  sign_in_code_exchange_failed: {
    nb: 'Vi kunne ikke fullføre innloggingen med BankID. Prøv igjen.',
    en: 'We could not complete the sign-in with BankID. Try again.',
  },
  sign_in_token_invalid: {
    nb: 'Vi kunne ikke bekrefte svaret fra BankID, så du er ikke logget inn. Prøv igjen.',
    en: 'We could not verify the response from BankID, so you are not signed in. Try again.',
  },
  sign_in_under_age: {
    nb: 'Du må ha fylt 18 år for å bruke Drop.',
    en: 'You must be 18 or over to use Drop.',
  },
  sign_in_identity_conflict: {
    nb: 'Opplysningene fra BankID stemmer ikke med dem vi har fra før. Vi har fått beskjed og ser på saken.',
    en: 'The information from BankID does not match what we have on record. We have been notified and are looking into it.',
  },
  sign_in_unavailable: {
    nb: 'BankID svarer ikke akkurat nå. Prøv igjen om litt.',
    en: 'BankID is not responding right now. Try again later.',
  },

  national_id_required: {
    nb: 'Banken ber om fødselsnummeret ditt, og det lagrer vi ikke. Logg inn på nytt i nettleseren, og prøv igjen.',
    en: 'The bank asks for your national identity number, which we do not store. Sign in again in the browser.',
  },

  kyc_required: {
    nb: 'Identiteten din må være bekreftet før du kan bruke banken din i Drop.',
    en: 'Your identity must be verified before you can use your bank in Drop.',
  },
  kyc_rejected: {
    nb: 'Identiteten din er ikke bekreftet, så du kan ikke bruke banken din i Drop nå.',
    en: 'Your identity is not verified, so you cannot use your bank in Drop now.',
  },
  kyc_unavailable: {
    nb: 'Identitetskontrollen er utilgjengelig akkurat nå. Prøv igjen om litt.',
    en: 'Verification is temporarily unavailable. Try again later.',
  },
  kyc_conflict: {
    nb: 'Identitetskontrollen kan ikke startes nå.',
    en: 'The identity check cannot be started now.',
  },

  bank_unknown: { nb: 'Vi kjenner ikke den banken.', en: 'We do not know that bank.' },
  bank_unavailable: {
    nb: 'Banken svarer ikke akkurat nå. Prøv igjen om litt.',
    en: 'The bank is not responding right now. Try again later.',
  },
  bank_rate_limited: {
    nb: 'Banken har fått for mange forespørsler. Prøv igjen om litt.',
    en: 'The bank has received too many requests. Try again later.',
  },
  consent_cancelled: { nb: 'Du avbrøt samtykket hos banken.', en: 'You cancelled the consent at your bank.' },
  consent_failed: {
    nb: 'Samtykket ble ikke fullført. Prøv igjen.',
    en: 'Your consent was not completed. Try again.',
  },
  consent_expired: {
    nb: 'Samtykket er utløpt. Ingenting er betalt. Gi et nytt samtykke for å fortsette.',
    en: 'Your consent has expired. Nothing has been paid. Give a new one to continue.',
  },
  consent_revoked: {
    nb: 'Samtykket er trukket tilbake. Ingenting er betalt. Gi et nytt samtykke for å fortsette.',
    en: 'Your consent has been withdrawn. Nothing has been paid. Give a new one to continue.',
  },
  consent_ended: {
    nb: 'Samtykket gjelder ikke lenger. Gi et nytt samtykke for å fortsette. Ingen penger er flyttet.',
    en: 'The consent no longer holds. Give a new one to go on. No money has moved.',
  },
  consent_state_mismatch: {
    nb: 'Vi kjenner ikke igjen svaret fra banken. Har du godkjent en betaling, må du sjekke den før du betaler igjen.',
    en: 'We do not recognise the response from the bank. If you approved a payment, check it before you pay again.',
  },
  account_unknown: { nb: 'Vi finner ikke kontoen.', en: 'We cannot find the account.' },

  payment_creditor_account_invalid: {
    nb: 'Kontonummeret kan ikke brukes. Sjekk at det er riktig og ikke er kontoen du betaler fra.',
    en: 'This account number cannot be used. Check that it is correct and not the account you are paying from.',
  },
  payment_kid_invalid: {
    nb: 'KID-nummeret kan ikke brukes. Sjekk at det er likt som på fakturaen, og skriv enten KID eller melding.',
    en: 'This KID number cannot be used. Check it against the invoice, and enter either a KID number or a message.',
  },
  payment_amount_invalid: {
    nb: 'Beløpet må være mellom 0,01 og 1 000 000 kr.',
    en: 'The amount must be between NOK 0.01 and NOK 1,000,000.',
  },
  payment_above_own_limit: {
    nb: 'Beløpet er over grensen du selv har satt for én betaling, under Profil. Ingenting er sendt.',
    en: 'The amount is above the limit for one payment that you set in your profile. Nothing was sent.',
  },
  payment_above_day_limit: {
    nb: 'Med dette beløpet kommer du over dagsgrensen du selv har satt, under Profil. Ingenting er sendt.',
    en: 'The amount takes you above the daily limit that you set in your profile. Nothing was sent.',
  },
  payment_insufficient_funds: {
    nb: 'Det er ikke nok penger på kontoen. Betalingen er ikke sendt.',
    en: 'There is not enough money in the account. The payment was not sent.',
  },
  payment_refused_by_bank: {
    nb: 'Betalingen ble avvist. Ingen penger er trukket fra kontoen din.',
    en: 'The payment was rejected. No money has left your account.',
  },
  payment_outcome_unknown: {
    nb: 'Vi vet ikke ennå om banken har fått betalingen. Ikke betal på nytt.',
    en: 'We do not know yet whether your bank has the payment. Do not pay again.',
  },
  payment_unknown: { nb: 'Vi finner ikke betalingen.', en: 'We cannot find the payment.' },
  payment_not_cancellable: {
    nb: 'Drop kan ikke stoppe denne betalingen. Spør banken om den kan stoppes.',
    en: 'Drop cannot stop this payment. Ask your bank whether it can be stopped.',
  },
  payment_not_dismissable: {
    nb: 'Betalingen venter ikke lenger på godkjenning, eller den kan avbrytes i stedet.',
    en: 'The payment no longer waits for approval, or it can be cancelled instead.',
  },
  payment_document_missing: {
    nb: 'Betalingen har ikke dette dokumentet. Kvittering finnes bare når banken har gjennomført betalingen.',
    en: 'The payment does not have this document. A receipt exists only once your bank has completed the payment.',
  },
  payment_statement_too_long: {
    nb: 'Det er for mange betalinger i perioden. Velg en kortere periode. En CSV-fil har plass til flere enn en PDF.',
    en: 'There are too many payments in the period. Choose a shorter one. A CSV file has room for more than a PDF.',
  },
  payment_repeated: {
    nb: 'Du startet nettopp en lik betaling. Denne er ikke sendt. Bekreft hvis du vil betale én gang til.',
    en: 'You have just started a similar payment. This one has not been sent. Confirm if you want to pay once more.',
  },
  payment_in_progress: {
    nb: 'Betalingen er på vei til banken. Vent litt, og se etter den under Betalinger.',
    en: 'The payment is on its way to your bank. Wait a moment, and look for it under Payments.',
  },

  email_address_invalid: {
    nb: 'E-postadressen kan ikke brukes. Sjekk at den er skrevet riktig.',
    en: 'This e-mail address cannot be used. Check the spelling.',
  },
  email_link_unknown: {
    nb: 'Lenken virker ikke. Den kan være erstattet av en nyere, eller høre til en annen bruker.',
    en: 'The link does not work. It may have been replaced by a newer one, or belong to another user.',
  },
  cards_off: {
    nb: 'Du har ikke tilgang til kort i Drop.',
    en: 'You do not have cards in Drop.',
  },
  card_unknown: { nb: 'Vi finner ikke kortet.', en: 'We cannot find the card.' },
  card_canceled: {
    nb: 'Kortet er sperret for godt og kan ikke endres. Du kan bestille et nytt.',
    en: 'The card is cancelled for good and cannot be changed. You can order a new one.',
  },
  card_exists: {
    nb: 'Du har allerede et slikt kort. Erstatt eller sperr det først.',
    en: 'You already have a card of this kind. Replace or cancel it first.',
  },
  cards_too_many: {
    nb: 'Du har laget så mange testkort eller testkjøp som du kan.',
    en: 'You have made as many test cards or test purchases as you can.',
  },
  creditor_unknown: {
    nb: 'Vi finner ikke mottakeren. Den kan være fjernet.',
    en: 'We cannot find the recipient. It may have been removed.',
  },
  creditors_too_many: {
    nb: 'Du har lagret så mange mottakere som du kan. Fjern en av dem først.',
    en: 'You have saved as many recipients as you can. Remove one of them first.',
  },
  email_link_used: {
    nb: 'Lenken er allerede brukt.',
    en: 'The link has already been used.',
  },
  account_has_open_payments: {
    nb: 'Du har betalinger som ikke er ferdige. Du kan avslutte kundeforholdet når alle er gjennomført eller avbrutt.',
    en: 'You have payments that are not finished. The account can be closed once all are completed or cancelled.',
  },
  email_link_expired: {
    nb: 'Lenken er for gammel. Be om en ny under Profil.',
    en: 'The link is too old. Ask for a new one in your profile.',
  },
  file_address_invalid: {
    nb: 'Lenken til filen er ikke riktig. Hent en ny i appen.',
    en: 'The link to the file is not right. Get a new one in the app.',
  },
  file_address_expired: {
    nb: 'Lenken til filen er for gammel. Hent en ny i appen.',
    en: 'The link to the file is too old. Get a new one in the app.',
  },

  provider_unavailable: {
    nb: 'Tjenesten svarer ikke. Prøv igjen om litt.',
    en: 'The service is not responding. Try again later.',
  },
  provider_timeout: {
    nb: 'Tjenesten brukte for lang tid på å svare. Prøv igjen om litt.',
    en: 'The service took too long to respond. Try again later.',
  },
  provider_rate_limited: {
    nb: 'Tjenesten har fått for mange forespørsler. Prøv igjen om litt.',
    en: 'The service has received too many requests. Try again later.',
  },
  provider_rejected_credentials: { nb: 'Noe gikk galt hos oss.', en: 'Something went wrong on our side.' },
  provider_invalid_response: {
    nb: 'Vi forstår ikke svaret fra tjenesten.',
    en: 'We do not understand the response from the service.',
  },
  provider_refused: { nb: 'Tjenesten avviste forespørselen.', en: 'The service refused the request.' },

  webhook_signature_invalid: { nb: 'Signaturen stemmer ikke.', en: 'The signature is not valid.' },
  webhook_malformed: { nb: 'Innholdet kan ikke leses.', en: 'The content cannot be read.' },
};
