import { useLocale } from '#kit/locale/locale.ts';

const nb = {
  title: 'Er du der fortsatt?',
  text: (time: string) => `Du har ikke brukt Drop på en stund. Du blir logget ut kl. ${time}.`,
  draft:
    'Har du begynt på en betaling, tar vi vare på utkastet i et døgn. Det ligger klart når du logger inn igjen.',
  stay: 'Hold meg innlogget',
  leave: 'Logg ut nå',
  limitTitle: 'Du blir snart logget ut',
  limitText: (time: string) =>
    `En innlogging varer i høyst 12 timer, for sikkerhets skyld. Du blir logget ut kl. ${time}.`,
  limitStay: 'Fortsett til da',
  limitSignIn: 'Logg inn på nytt nå',
};

const en: typeof nb = {
  title: 'Are you still there?',
  text: (time) => `You have not used Drop for a while. You will be signed out at ${time}.`,
  draft: 'If you have started a payment, we keep the draft for a day. It is there when you sign in again.',
  stay: 'Stay signed in',
  leave: 'Sign out now',
  limitTitle: 'You will soon be signed out',
  limitText: (time) =>
    `For security, you stay signed in for 12 hours at most. You will be signed out at ${time}.`,
  limitStay: 'Continue until then',
  limitSignIn: 'Sign in again now',
};

/** The texts of the warnings before a session ends. */
export function useIdleTexts(): typeof nb {
  return useLocale() === 'en' ? en : nb;
}
