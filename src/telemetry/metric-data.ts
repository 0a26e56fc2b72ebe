import type { HrTime } from '@opentelemetry/api';
import { ValueType } from '@opentelemetry/api';
import {
  AggregationTemporality,
  DataPointType,
  type DataPoint,
  type Histogram,
  type MetricData,
} from '@opentelemetry/sdk-metrics';
import type { Registry } from 'prom-client';

/** A metric of prom-client, as `Registry.getMetricsAsJSON` gives it. */
export type PrometheusMetric = Awaited<ReturnType<Registry['getMetricsAsJSON']>>[number];

/** The time that the values cover. */
export interface Covered {
  startTime: HrTime;
  endTime: HrTime;
}

interface Value {
  labels: Partial<Record<string, string | number>>;
  value: number;
  metricName?: string;
}

/** Turns metrics of prom-client into OpenTelemetry's, under the same names and labels and with the same values. */
export function metricDataOf(metrics: readonly PrometheusMetric[], covered: Covered): MetricData[] {
  return metrics.map((metric) => {
    const { name, help: description } = metric;
    const values: readonly Value[] = metric.values;
    const descriptor = { name, description, unit: '', valueType: ValueType.DOUBLE };
    const base = { descriptor, aggregationTemporality: AggregationTemporality.CUMULATIVE };
    // prom-client's types promise an enumeration, and its values are words.
    switch (`${metric.type}`) {
      case 'counter':
        return {
          ...base,
          dataPointType: DataPointType.SUM,
          isMonotonic: true,
          dataPoints: points(values, covered),
        };
      case 'histogram':
        return { ...base, dataPointType: DataPointType.HISTOGRAM, dataPoints: histograms(values, covered) };
      default:
        return { ...base, dataPointType: DataPointType.GAUGE, dataPoints: points(values, covered) };
    }
  });
}

/** JSON has no word for what is no number. */
function points(values: readonly Value[], covered: Covered): DataPoint<number>[] {
  return values
    .filter(({ value }) => Number.isFinite(value))
    .map(({ labels, value }) => ({ ...covered, attributes: labels, value }));
}

/** prom-client lists the buckets of a series, each with all that is below it, then its sum and its count. */
function histograms(values: readonly Value[], covered: Covered): DataPoint<Histogram>[] {
  const bySeries = Map.groupBy(values, ({ labels }) => JSON.stringify(ofSeries(labels)));
  return [...bySeries.values()].map((series) => {
    const buckets = series.filter(({ labels }) => labels['le'] !== undefined);
    const valueOf = (suffix: string): number =>
      series.find(({ metricName }) => metricName?.endsWith(suffix) === true)?.value ?? 0;
    const attributes = ofSeries(series[0]?.labels ?? {});
    const boundaries = buckets.map(({ labels }) => Number(labels['le'])).filter(Number.isFinite);
    const counts = buckets.map(({ value }, index) => value - (buckets[index - 1]?.value ?? 0));
    const value = { buckets: { boundaries, counts }, sum: valueOf('_sum'), count: valueOf('_count') };
    return { ...covered, attributes, value };
  });
}

/** `le`, the upper bound of a bucket, is no label of the series. */
function ofSeries(labels: Value['labels']): Value['labels'] {
  return Object.fromEntries(Object.entries(labels).filter(([label]) => label !== 'le'));
}
