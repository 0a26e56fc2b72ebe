import { Skeleton } from '@digdir/designsystemet-react';
import { useTexts } from '../locale/locale.ts';

/** The placeholder of a list that is loading. */
export function LoadingRows({ rows = 3, height = 72 }: { rows?: number; height?: number }) {
  const { shell } = useTexts();
  return (
    <div className="loading-rows" role="status">
      <span className="ds-sr-only">{shell.loading}</span>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={height} />
      ))}
    </div>
  );
}
