/** An amount for a column: digits of equal width, so that they align, and separators of normal width. */
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
