import { useLocale } from '#kit/locale/locale.ts';

const nb = {
  title: 'Utseende',
  text: 'Gjelder bare på denne enheten.',
  auto: 'Som enheten',
  light: 'Lyst',
  dark: 'Mørkt',
};

const en: typeof nb = {
  title: 'Appearance',
  text: 'Applies to this device only.',
  auto: 'Match device',
  light: 'Light',
  dark: 'Dark',
};

/** The texts of the choice of colours in the settings. */
export function useThemeTexts(): typeof nb {
  return useLocale() === 'en' ? en : nb;
}
