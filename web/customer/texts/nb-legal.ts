/** A page of rules. */
export interface LegalText {
  title: string;
  lead: string;
  sections: { title: string; text: string[] }[];
}

/** Each says only what this code does; the operator's lawyers add what the operator promises beyond it. In bokmål. */
export const nbLegal = {
  contact: 'Spørsmål? Kontakt kundeservice:',
  about: {
    title: 'Om Drop og klage',
    lead: 'Hvem som driver Drop, hvem som fører tilsyn, og hva du kan gjøre hvis noe er galt.',
    operatorTitle: 'Foretaket bak Drop',
    operatorUnknown: 'Foretaket har ikke lagt inn opplysningene sine ennå.',
    name: 'Navn',
    number: 'Organisasjonsnummer',
    address: 'Adresse',
    licence: 'Nummer i Finanstilsynets register',
    supervisionTitle: 'Tilsyn',
    supervision:
      'Foretak som starter betalinger og henter kontoopplysninger, må ha tillatelse fra Finanstilsynet og være under tilsyn. I registeret kan du sjekke tillatelsen.',
    register: 'Finanstilsynets virksomhetsregister',
    complaintTitle: 'Slik klager du',
    complaintFirst:
      'Ta først kontakt med oss. Du skal få et svar innen 15 virkedager. Trenger vi mer tid, sier vi hvorfor, og du får svaret senest etter 35 virkedager.',
    complaintContact: 'Kontakt oss:',
    complaintBoard:
      'Er du ikke enig i svaret, kan du klage til Finansklagenemnda. Det er gratis for deg som er forbruker.',
    board: 'Finansklagenemnda',
    sections: [
      {
        title: 'En betaling du ikke kjenner igjen',
        text: [
          'Si fra til banken din med en gang, og til oss. Banken kan sperre kontoen og BankID.',
          'Banken skal som hovedregel betale tilbake beløpet for en betaling du ikke har godkjent, senest neste virkedag. Fristen for å si fra er 13 måneder.',
        ],
      },
    ],
  },
  terms: {
    title: 'Vilkår',
    lead: 'Kort om hva Drop gjør for deg, og hva du selv har ansvar for.',
    sections: [
      {
        title: 'Hva Drop gjør',
        text: [
          'Drop viser saldoen på kontoene du kobler til, og sender betalingene dine til banken din. Drop har aldri pengene dine.',
          'Du må ha fylt 18 år, ha norsk BankID og få identiteten din bekreftet.',
        ],
      },
      {
        title: 'Når en betaling er godkjent',
        text: [
          'Du godkjenner hver betaling i banken. Når den er godkjent, kan den vanligvis ikke trekkes tilbake. En betaling med dato fram i tid kan du stoppe hos banken fram til virkedagen før.',
          'Banken sjekker ikke alltid at navnet på mottakeren hører til kontonummeret. Kontroller nummeret før du godkjenner.',
          'Vi sier at en betaling er gjennomført, når banken har bekreftet det. Har banken ikke svart, sier vi det.',
        ],
      },
      {
        title: 'Pris',
        text: ['Drop tar ikke betalt for betalingen. Banken kan ta sin vanlige pris.'],
      },
      {
        title: 'Ditt ansvar',
        text: [
          'Hold BankID for deg selv, og lås enheten du bruker. Logg ut på enheter som andre bruker.',
          'Si fra til banken og til oss så fort du kan hvis noe ikke stemmer.',
        ],
      },
      {
        title: 'Når du vil slutte',
        text: [
          'Du kan trekke tilbake samtykkene når du vil, i Drop eller i banken. Kundeforholdet avslutter du under Innstillinger, Personvern.',
        ],
      },
    ],
  },
  privacy: {
    title: 'Personvern',
    lead: 'Hvilke opplysninger Drop har om deg, hvorfor, og hva du kan kreve.',
    sections: [
      {
        title: 'Opplysninger vi lagrer',
        text: [
          'Navnet ditt fra BankID, en kryptografisk kode laget av fødselsnummeret (aldri nummeret selv) og om identiteten din er bekreftet.',
          'Kontonumre, kontonavn og siste saldo for kontoene du kobler til, samtykkene dine, og betalingene med mottaker, beløp og status.',
          'E-postadressen din hvis du oppgir den, og hvilke enheter du er logget inn på.',
        ],
      },
      {
        title: 'Hvorfor',
        text: [
          'Vi trenger opplysningene for å gjøre det du ber om: vise saldo, sende betalinger og gi deg beskjed. Loven pålegger oss å kontrollere hvem du er, og å ta vare på betalinger i minst fem år.',
          'Vi bruker dem ikke til reklame. Drop har ingen analyseverktøy.',
        ],
      },
      {
        title: 'Hvem som får opplysninger',
        text: [
          'Banken din, og selskapet Drop når banken gjennom, får det de trenger for å gi saldo og gjennomføre betalinger. Selskapet er nevnt i samtykket.',
          'Sumsub kontrollerer ID-dokumentet. Bilder og dokumenter går direkte dit og lagres ikke hos Drop. BankID får vite at du logger inn.',
        ],
      },
      {
        title: 'Informasjonskapsler',
        text: [
          'Drop bruker bare nødvendige informasjonskapsler: for innloggingen, språket og utseendet du har valgt, og for noen banker fødselsnummeret i kryptert form til du logger ut.',
        ],
      },
      {
        title: 'Rettighetene dine',
        text: [
          'Du kan be om innsyn, retting, sletting og en kopi av opplysningene. Noe må vi ta vare på etter loven, selv om du ber oss slette det.',
          'Kopien får du under Innstillinger, Personvern. Der kan du også avslutte kundeforholdet.',
          'Du kan klage til Datatilsynet hvis du mener at vi bryter reglene.',
        ],
      },
    ],
  },
  accessibility: {
    title: 'Tilgjengelighets\u00ADerklæring',
    lead: 'Drop skal kunne brukes av alle.',
    sections: [
      {
        title: 'Hva vi følger',
        text: ['Målet er WCAG 2.2 på nivå AA, i lyse og mørke farger, på norsk og engelsk.'],
      },
      {
        title: 'Slik er Drop kontrollert',
        text: [
          'Et program kontrollerer skjermbildene før hver ny versjon: kontrast, navn og roller, tekst i dobbel størrelse, 400 % forstørring og små skjermer. Innlogging og betaling prøves med bare tastatur.',
          'Et program finner ikke alle feil. Drop er ikke kontrollert av en uavhengig part.',
        ],
      },
      {
        title: 'Det Drop ikke rår over',
        text: ['Sidene hos BankID, banken din og Sumsub lages av dem. Feil der må meldes til dem.'],
      },
      {
        title: 'Si fra om feil',
        text: [
          'Skriv til oss om noe er vanskelig å bruke, og fortell hvilken enhet og hvilke hjelpemidler du bruker. Du kan også melde fra til Tilsynet for universell utforming av ikt.',
        ],
      },
    ],
  },
};

export type LegalTexts = typeof nbLegal;
