import { figureParts } from './figure-parts.ts';

/** An amount: digits of equal width, so that they align, separators of normal width, and a unit that is smaller. */
export function Figures({ children }: { children: string }) {
  return (
    <span className="figures">
      {figureParts(children).map(({ text, kind }, index) =>
        kind === 'digits' ? (
          text
        ) : (
          <span key={index} className={`figures-${kind}`}>
            {text}
          </span>
        ),
      )}
    </span>
  );
}
