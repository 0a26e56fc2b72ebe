import { useEffect, useState } from 'react';

const tickMs = 30_000;

/** The current time in milliseconds, updated twice a minute so that ages on the screen stay correct. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), tickMs);
    return () => window.clearInterval(timer);
  }, []);
  return now;
}
