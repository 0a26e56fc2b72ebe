import type { Settings } from '#http/contract/settings.ts';
import { useSettingsTexts } from '../texts/settings-texts.ts';
import { OneLimit } from './one-limit.tsx';

/** The customer's own limits, for one payment and for a day. */
export function OwnLimits({ settings }: { settings: Settings }) {
  const { limits: texts } = useSettingsTexts();
  return (
    <section className="surface stack" aria-labelledby="settings-limits">
      <h2 id="settings-limits">{texts.title}</h2>
      <p className="quiet">{texts.text}</p>
      <OneLimit limit="paymentLimit" settings={settings} />
      <OneLimit limit="dayLimit" settings={settings} />
    </section>
  );
}
