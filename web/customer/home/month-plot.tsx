import type { PaidDay } from './month-days.ts';

/** In units of the drawing, which is as wide as its place. */
const step = 10;
const width = 7;
const height = 72;
const emptyHeight = 2;

/** A bar for each day of the month. The table beside it says the same to those who do not see it. */
export function MonthPlot({ days }: { days: readonly PaidDay[] }) {
  const highest = Math.max(...days.map(({ oere }) => oere), 1);
  return (
    <div className="month-plot" aria-hidden="true">
      <svg viewBox={`0 0 ${days.length * step} ${height}`} preserveAspectRatio="none" focusable="false">
        {days.map(({ day, oere }) => {
          const bar = Math.max(emptyHeight, (oere / highest) * height);
          return (
            <rect
              key={day}
              x={(day - 1) * step + (step - width) / 2}
              y={height - bar}
              width={width}
              height={bar}
              data-paid={oere > 0}
            />
          );
        })}
      </svg>
      <p className="month-ends">
        <span>1.</span>
        <span>{days.length}.</span>
      </p>
    </div>
  );
}
