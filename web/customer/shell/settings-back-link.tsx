import { BackLink } from '#kit/parts/back-link.tsx';
import { useTexts } from '../texts/texts.ts';

/** Leads from a screen of the settings back to them. */
export function SettingsBackLink() {
  const { shell } = useTexts();
  return <BackLink to="/settings">{shell.settings}</BackLink>;
}
