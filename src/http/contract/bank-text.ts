import { z } from 'zod';
import { bankText, norwegianBankCharacters, notCarried } from '#domain/banking/bank-text.ts';

/** For who writes an app: the document shows it. Its refusals come from the check before it, which names characters. */
const onlyCarried = new RegExp(`^(?:${norwegianBankCharacters.source})*$`);

/** A text that a bank is to carry, in characters as the bank counts them. */
export function textForBank(lengthMax: number) {
  return z
    .string()
    .check(({ value, issues }) => {
      // A decomposed text is a few times as long. A text far beyond that is refused before its characters are checked.
      if (value.length <= 10 * lengthMax) return;
      const limit = { code: 'too_big', origin: 'string', maximum: lengthMax } as const;
      issues.push({ ...limit, input: value, continue: false });
    })
    .overwrite(bankText)
    .check(({ value, issues }) => {
      const { visible, hasHidden } = notCarried(value) ?? { visible: [], hasHidden: false };
      const fault = { code: 'custom', input: value, continue: false } as const;
      if (visible.length > 0)
        issues.push({ ...fault, message: 'characters_not_carried', params: { characters: visible } });
      if (hasHidden) issues.push({ ...fault, message: 'characters_hidden' });
    })
    .regex(onlyCarried)
    .max(lengthMax);
}
