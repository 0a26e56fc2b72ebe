/** The logo without the name. */
export function DropMark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path
        d="M16 2.5c6 6.4 10.4 11.4 10.4 16.8a10.4 10.4 0 0 1-20.8 0C5.6 13.9 10 8.9 16 2.5z"
        className="mark-body"
      />
      <circle cx="20" cy="20" r="3.3" className="mark-point" />
    </svg>
  );
}

export function Wordmark() {
  return (
    <span className="wordmark">
      <DropMark />
      <span className="wordmark-name">Drop</span>
    </span>
  );
}
