import { Input } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { locales, type Locale } from '#domain/locale.ts';
import type { Settings } from '#http/contract/settings.ts';
import { useLocale } from '#kit/locale/locale.ts';
import { useChooseLocale } from '../shell/chosen-locale.ts';
import { useSettingsTexts } from '../texts/settings-texts.ts';
import '#kit/parts/choice.css';

/** None is chosen while the app is in another language than the mails, so that either choice mends it. */
export function LanguageChoice({ settings }: { settings: Settings }) {
  const { language: texts } = useSettingsTexts();
  const choose = useChooseLocale();
  const shown = useLocale();
  const [chosen, setChosen] = useState<Locale>();
  const current = chosen ?? (shown === settings.locale ? shown : undefined);
  const change = (locale: Locale) => {
    setChosen(locale);
    void choose(locale).finally(() => setChosen(undefined));
  };
  return (
    <fieldset className="surface stack">
      <legend>
        <h2>{texts.title}</h2>
      </legend>
      <p className="quiet">{texts.text}</p>
      <div className="choice">
        {locales.map((locale) => (
          <label key={locale} className="choice-item" lang={locale} data-chosen={locale === current}>
            <Input
              type="radio"
              name="language"
              value={locale}
              checked={locale === current}
              onChange={() => change(locale)}
            />
            {texts[locale]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
