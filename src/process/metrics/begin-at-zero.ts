import type { Instruments } from './instruments.ts';
import type { SeriesByInstrument } from './known-series.ts';

/** Shows series at 0. Must come before anything is measured with their labels. */
export function beginAtZero(instruments: Instruments, series: SeriesByInstrument): void {
  for (const [name, all] of Object.entries(series)) {
    const instrument = instruments[name as keyof SeriesByInstrument];
    for (const labels of all) {
      if ('zero' in instrument) instrument.zero(labels);
      else instrument.inc(labels, 0);
    }
  }
}
