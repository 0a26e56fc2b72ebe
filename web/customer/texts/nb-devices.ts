/** The texts of the devices, in bokmål. */
export const nbDevices = {
  title: 'Enhetene dine',
  lead: 'Enheter der du er logget inn på Drop.',
  list: 'Enheter du er logget inn på',
  current: 'Denne enheten',
  signedIn: (time: string) => `Logget inn ${time}`,
  usedNow: 'Brukt nå',
  usedMinutesAgo: (minutes: number) =>
    minutes === 1 ? 'Sist brukt for 1 minutt siden' : `Sist brukt for ${minutes} minutter siden`,
  usedAt: (time: string) => `Sist brukt ${time}`,
  end: 'Logg ut enheten',
  endOf: (device: string, time: string) => `Logg ut enheten: ${device}, logget inn ${time}`,
  ended: (device: string) => `${device} er logget ut`,
  onlyThis: 'Du er ikke logget inn på andre enheter.',
  endAll: 'Logg ut på alle enheter',
  endAllTitle: 'Logge ut på alle enheter?',
  endAllText: 'Du blir logget ut på alle enheter, også denne. Du kan logge inn igjen med BankID.',
  endAllKeeps: 'Betalinger du allerede har sendt til banken, stoppes ikke.',
  endAllConfirm: 'Ja, logg ut på alle enheter',
  unknownTitle: 'Kjenner du ikke igjen en enhet?',
  unknownText:
    'Logg den ut. Ingen kan logge inn uten BankID-en din. Tror du at andre har brukt den, må du kontakte banken du har BankID fra.',
};

export type DevicesTexts = typeof nbDevices;
