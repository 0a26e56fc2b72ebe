import type { DevicesTexts } from './nb-devices.ts';

/** The texts of the devices, in English. */
export const enDevices: DevicesTexts = {
  title: 'Your devices',
  lead: 'Devices where you are signed in to Drop.',
  list: 'Devices you are signed in on',
  current: 'This device',
  signedIn: (time) => `Signed in ${time}`,
  usedNow: 'Used just now',
  usedMinutesAgo: (minutes) =>
    minutes === 1 ? 'Last used 1 minute ago' : `Last used ${minutes} minutes ago`,
  usedAt: (time) => `Last used ${time}`,
  end: 'Sign out device',
  endOf: (device, time) => `Sign out device: ${device}, signed in ${time}`,
  ended: (device) => `${device} has been signed out`,
  onlyThis: 'You are not signed in on any other device.',
  endAll: 'Sign out of all devices',
  endAllTitle: 'Sign out of all devices?',
  endAllText:
    'You will be signed out of every device, including this one. You can sign in again with BankID.',
  endAllKeeps: 'Payments already sent to your bank are not stopped.',
  endAllConfirm: 'Yes, sign out of all devices',
  unknownTitle: 'Is there a device you do not recognise?',
  unknownText:
    'Sign it out. Nobody can sign in without your BankID. If you think someone else has used it, contact the bank that issued your BankID.',
};
