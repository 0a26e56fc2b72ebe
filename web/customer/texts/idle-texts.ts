import { useLocale } from '#kit/locale/locale.ts';

const nb = {
  title: 'Er du der fortsatt?',
  text: (time: string) => `Du har ikke brukt Drop på en stund. Du blir logget ut kl. ${time}.`,
  draft: 'En betaling du holder på med, er lagret i et døgn. Du finner den igjen når du logger inn.',
  stay: 'Fortsett å være innlogget',
  leave: 'Logg ut nå',
};

const en: typeof nb = {
  title: 'Are you still there?',
  text: (time) => `You have not used Drop for a while. You will be signed out at ${time}.`,
  draft: 'A payment you have started is saved for a day. You will find it when you sign in again.',
  stay: 'Stay signed in',
  leave: 'Sign out now',
};

/** The texts of the warning before an idle session ends. */
export function useIdleTexts(): typeof nb {
  return useLocale() === 'en' ? en : nb;
}
