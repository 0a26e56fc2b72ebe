import { LoadingRows } from '#kit/parts/loading-rows.tsx';

/** Stands in for a screen whose code or first data is on its way. */
export function Waiting() {
  return (
    <div className="page" data-width="reading">
      <LoadingRows rows={3} height={96} />
    </div>
  );
}
