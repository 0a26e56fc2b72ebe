import { Button, Skeleton } from '@digdir/designsystemet-react';
import { useEffect, useState } from 'react';
import { useOnline } from '../api/online.ts';
import { useKitTexts } from '../locale/kit-texts.ts';

/** How long a load may take before the placeholder says that it is slow. */
const slowMs = 10_000;

/**
 * The placeholder of a list that is loading. It says so when the list has to wait for the network, and after a while
 * offers to reload the page, so that nothing seems to load for ever.
 */
export function LoadingRows({ rows = 3, height = 72 }: { rows?: number; height?: number }) {
  const online = useOnline();
  return (
    <div className="loading-rows" data-waits={!online} role="status">
      <Words isOnline={online} />
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={height} />
      ))}
    </div>
  );
}

function Words({ isOnline }: { isOnline: boolean }) {
  const { loading, loadsOnline, loadsSlowly, reload } = useKitTexts();
  const isSlow = useIsSlow();
  if (!isOnline) return <p className="loading-words">{loadsOnline}</p>;
  if (!isSlow) return <span className="ds-sr-only">{loading}</span>;
  return (
    <div className="loading-words">
      <p>{loadsSlowly}</p>
      <Button variant="tertiary" data-color="neutral" onClick={() => window.location.reload()}>
        {reload}
      </Button>
    </div>
  );
}

function useIsSlow(): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setSlow(true), slowMs);
    return () => window.clearTimeout(timer);
  }, []);
  return isSlow;
}
