import { Input } from '@digdir/designsystemet-react';
import { themes } from '#domain/theme.ts';
import { chooseTheme, useTheme } from '#kit/theme/theme.ts';
import { useThemeTexts } from '../texts/theme-texts.ts';
import '#kit/parts/choice.css';

/** Light or dark colours, or as the device is set. The choice belongs to the device and not to the customer. */
export function ThemeChoice() {
  const texts = useThemeTexts();
  const current = useTheme();
  return (
    <fieldset className="surface stack theme-choice">
      <legend>
        <h2>{texts.title}</h2>
      </legend>
      <p className="quiet">{texts.text}</p>
      <div className="choice">
        {themes.map((theme) => (
          <label key={theme} className="choice-item" data-chosen={theme === current}>
            <Input
              type="radio"
              name="theme"
              value={theme}
              checked={theme === current}
              onChange={() => chooseTheme(theme)}
            />
            {texts[theme]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
