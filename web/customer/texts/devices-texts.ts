import { useLocale } from '#kit/locale/locale.ts';
import { enDevices } from './en-devices.ts';
import { nbDevices, type DevicesTexts } from './nb-devices.ts';

/** These texts are loaded with their screen, and not with the app. */
export function useDevicesTexts(): DevicesTexts {
  return useLocale() === 'en' ? enDevices : nbDevices;
}
