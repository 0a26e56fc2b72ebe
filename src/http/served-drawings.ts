/** Drop's mark, as in `web/kit/brand/wordmark.tsx`. */
export function servedMark(size: number): string {
  return (
    `<svg width="${size}" height="${size}" viewBox="0 0 32 32" aria-hidden="true">` +
    '<path d="M16 2.5c6 6.4 10.4 11.4 10.4 16.8a10.4 10.4 0 0 1-20.8 0C5.6 13.9 10 8.9 16 2.5z"/>' +
    '<circle fill="#e0673a" cx="20" cy="20" r="3.3"/></svg>'
  );
}

/** A tick in a disc, as the app's icon of success. */
export const servedTick =
  '<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="9.75"/>' +
  '<path d="m7.1 12.6 3.3 3.3 5.9-7.1"/></svg>';
