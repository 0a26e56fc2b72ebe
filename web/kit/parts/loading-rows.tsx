import { Skeleton } from '@digdir/designsystemet-react';
import { useKitTexts } from '../locale/kit-texts.ts';

/** The placeholder of a list that is loading. */
export function LoadingRows({ rows = 3, height = 72 }: { rows?: number; height?: number }) {
  const { loading } = useKitTexts();
  return (
    <div className="loading-rows" role="status">
      <span className="ds-sr-only">{loading}</span>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={height} />
      ))}
    </div>
  );
}
