import { LoadingRows } from '#kit/parts/loading-rows.tsx';

/** The placeholder while a screen's code or first data loads. */
export function Waiting() {
  return (
    <div className="page" data-width="reading">
      <LoadingRows rows={3} height={96} />
    </div>
  );
}
