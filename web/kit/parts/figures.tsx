/** An amount for a column: digits of one width, so that they stand under each other, and narrow signs between. */
export function Figures({ children }: { children: string }) {
  return (
    <span className="figures">
      {children.split(/([.,])/).map((part, index) =>
        part === '.' || part === ',' ? (
          <span key={index} className="figures-sign">
            {part}
          </span>
        ) : (
          part
        ),
      )}
    </span>
  );
}
