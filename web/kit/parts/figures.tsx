/** Separators and the unit, which `formats` in `#domain/formats.ts` writes after the number, in English before it. */
const parts = /([.,])|(^[A-Z]{3}\u00a0|\u00a0(?:kr|[A-Z]{3})$)/;

/** An amount: digits of equal width, so that they align, separators of normal width, and a unit that is smaller. */
export function Figures({ children }: { children: string }) {
  return (
    <span className="figures">
      {children
        .split(parts)
        .filter((part) => part !== undefined && part !== '')
        .map((part, index) => (
          <Part key={index} text={part} />
        ))}
    </span>
  );
}

function Part({ text }: { text: string }) {
  if (text === '.' || text === ',') return <span className="figures-sign">{text}</span>;
  if (text.includes('\u00a0') && /\p{Letter}/u.test(text))
    return <span className="figures-unit">{text}</span>;
  return text;
}
