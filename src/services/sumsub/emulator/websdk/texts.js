/** The frame's texts by language. `choices` are the outcomes of the simulated review. */
export const texts = {
  nb: {
    banner: 'SANDKASSE – ikke ekte, ingen penger flyttes',
    title: 'Liksom-verifisering',
    intro:
      'Her ville Sumsub ha bedt om bilde av legitimasjon og en selfie. I sandkassen velger du i stedet hvordan kontrollen skal ende. Ingen bilder tas.',
    again: 'Forrige forsøk gikk ikke gjennom:',
    legend: 'Hva skal kontrollen komme fram til?',
    submit: 'Send inn',
    reviewing: 'Sendt inn. Kontrollen pågår …',
    onHold: 'Saken ligger til manuell kontroll. Den avgjøres fra sandkassens kontrollpanel.',
    approved: 'Godkjent. Du kan lukke denne siden.',
    rejected: 'Avvist for godt. Det går ikke an å prøve igjen.',
    failed: 'Verifiseringen kunne ikke lastes. Lukk siden og prøv igjen.',
    choices: {
      approved: ['Godkjent', 'Dokument og selfie er i orden (GREEN).'],
      blurred_document: ['Uskarpt dokument – må prøve igjen', 'RED med RETRY, UNSATISFACTORY_PHOTOS.'],
      face_mismatch: ['Selfien likner ikke – må prøve igjen', 'RED med RETRY, BAD_FACE_MATCHING.'],
      document_refused: [
        'Dokumentet godtas ikke',
        'RED uten type: avvist, men et annet dokument kan prøves.',
      ],
      refused_for_good: ['Avvist for godt', 'RED med FINAL, FORGERY: forfalsket dokument.'],
      sanctions_match: ['Treff på sanksjonsliste', 'RED med FINAL, SANCTIONS.'],
      manual_review: ['Til manuell kontroll', 'onHold: blir liggende til noen avgjør saken.'],
    },
  },
  en: {
    banner: 'SANDBOX – not real, no money moves',
    title: 'Simulated verification',
    intro:
      'Here Sumsub would have asked for a photo of an identity document and a selfie. In the sandbox you choose the result of the review instead. No photos are taken.',
    again: 'The last attempt was not accepted:',
    legend: 'What should the result be?',
    submit: 'Submit',
    reviewing: 'Submitted. The review is in progress …',
    onHold: 'The case is in manual review. Decide it in the control panel of the sandbox.',
    approved: 'Approved. You may close this page.',
    rejected: 'Rejected. You cannot try again.',
    failed: 'The verification could not be loaded. Close the page and try again.',
    choices: {
      approved: ['Approved', 'Document and selfie are fine (GREEN).'],
      blurred_document: ['Blurred document – must try again', 'RED with RETRY, UNSATISFACTORY_PHOTOS.'],
      face_mismatch: ['The selfie does not match – must try again', 'RED with RETRY, BAD_FACE_MATCHING.'],
      document_refused: ['The document is not accepted', 'RED without a type: another may be tried.'],
      refused_for_good: ['Finally rejected', 'RED with FINAL, FORGERY: a forged document.'],
      sanctions_match: ['On a sanctions list', 'RED with FINAL, SANCTIONS.'],
      manual_review: ['To manual review', 'onHold: waits for a decision.'],
    },
  },
};
