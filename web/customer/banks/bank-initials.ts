const maxLength = 3;
/** Words that many banks have in their names, so that they tell none from another. */
const commonWord = /^(?:asa|bank|banken|norge|norway|og|of|the|a\/?s)$/i;

/** Up to three letters for a bank: its own abbreviation if it is one (`DNB`), else the first letters of its words. */
export function initialsOf(name: string): string {
  const words = name.match(/[\p{Letter}\p{Number}/]+/gu) ?? [];
  const telling = words.filter((word) => !commonWord.test(word));
  const [first = '?', second = ''] = telling.length > 0 ? telling : words;
  if (/^\p{Uppercase_Letter}{2,3}$/u.test(first)) return first;
  // SpareBank 1 is written S1; compound names such as BankNordik have a capital inside.
  const inner =
    second === '' ? (/^\p{Letter}\p{Lowercase_Letter}+(\p{Uppercase_Letter})/u.exec(first)?.[1] ?? '') : '';
  return [first.charAt(0), second.charAt(0), inner].join('').toUpperCase().slice(0, maxLength);
}
