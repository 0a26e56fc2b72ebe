import type { Growth, Line, Plot } from './growth.ts';

const [width, height] = [360, 300];
const inside = { left: 48, right: 96, top: 44, bottom: 52 };
const innerWidth = width - inside.left - inside.right;
const innerHeight = height - inside.top - inside.bottom;
/** Distinguished by form, too: not everyone sees the colours apart. */
const marks = ['circle', 'square', 'diamond', 'triangle'] as const;
const labelSpacing = 14;

/** The colours are those of the reader's scheme. The second of each pair is for a dark background. */
const style = `
  text { font: 12px system-ui, sans-serif; fill: #1f2933; }
  .title { font-weight: 600; font-size: 13px; }
  .axis { stroke: #7b8794; } .grid { stroke: #d9dee3; }
  .s0 { --c: #0b5cad; } .s1 { --c: #a63d00; } .s2 { --c: #17703a; } .s3 { --c: #7a2d8a; }
  .line { fill: none; stroke: var(--c); stroke-width: 2; } .mark { fill: var(--c); } .name { fill: var(--c); }
  @media (prefers-color-scheme: dark) {
    text { fill: #e4e7eb; } .axis { stroke: #9aa5b1; } .grid { stroke: #3e4c59; }
    .s0 { --c: #7cc4fa; } .s1 { --c: #ffa26b; } .s2 { --c: #7bd88f; } .s3 { --c: #d9a7ea; }
  }`;

/** The plots of `growth` beside each other, as SVG. */
export function draw({ measuredOn, plots }: Growth): string {
  const drawn = plots.map((plot, index) => `<g transform="translate(${index * width} 0)">${panel(plot)}</g>`);
  const title = `${plots.map((plot) => plot.title).join('; ')}. Measured on ${measuredOn}.`;
  const all = width * plots.length;
  const size = `viewBox="0 0 ${all} ${height}" width="${all}" height="${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img">
<title>${escaped(title)}</title>
<style>${style}
</style>
${drawn.join('\n')}
</svg>
`;
}

interface Scale {
  x(value: number): number;
  y(value: number): number;
  /** Where the axis has names. */
  marked: readonly number[];
  nameOf(x: number): string;
  ticks: readonly number[];
}

function panel(plot: Plot): string {
  const scale = scaleOf(plot);
  const labels = labelPlaces(plot.lines, scale);
  return [
    text(inside.left, 18, plot.title, 'class="title"'),
    text(inside.left, 36, plot.unit),
    ...scale.ticks.map((tick) => horizontal(scale, tick)),
    ...scale.marked.map((x) =>
      text(scale.x(x), height - inside.bottom + 18, scale.nameOf(x), 'text-anchor="middle"'),
    ),
    text(inside.left + innerWidth / 2, height - 12, plot.across, 'text-anchor="middle"'),
    ...plot.lines.map((line, index) => series(line, { index, scale, labelY: labels[index] ?? 0 })),
  ].join('\n');
}

function scaleOf({ lines, isOverTime = false }: Plot): Scale {
  const points = lines.flatMap((line) => line.points);
  const xs = [...new Set(points.map(({ x }) => x))].sort((left, right) => left - right);
  const [first = 1, last = first] = [xs[0], xs.at(-1)];
  const ticks = ticksUpTo(Math.max(...points.map(({ y }) => y)));
  const top = ticks.at(-1) ?? 1;
  const along = isOverTime ? (x: number): number => x - first : (x: number): number => Math.log(x / first);
  const share = (x: number): number => (first === last ? 0 : along(x) / along(last));
  return {
    x: (x) => round(inside.left + 10 + share(x) * (innerWidth - 20)),
    y: (y) => round(inside.top + innerHeight * (1 - y / top)),
    marked: isOverTime ? [...new Set([first, last])] : xs,
    nameOf: isOverTime ? minuteOf : short,
    ticks,
  };
}

/** `11-30 12:00`, in UTC. */
const minuteOf = (x: number): string => new Date(x).toISOString().slice(5, 16).replace('T', ' ');

/** From nought, so that heights can be compared. */
function ticksUpTo(most: number): number[] {
  const power = 10 ** Math.floor(Math.log10(most / 4));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each * 5 >= most) ?? power * 10;
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) =>
    Number((index * step).toPrecision(6)),
  );
}

function horizontal(scale: Scale, tick: number): string {
  const y = scale.y(tick);
  const name = tick === 0 ? 'axis' : 'grid';
  const line = `<line class="${name}" x1="${inside.left}" x2="${inside.left + innerWidth}" y1="${y}" y2="${y}"/>`;
  return `${line}${text(inside.left - 6, y + 4, short(tick), 'text-anchor="end"')}`;
}

function series(
  line: Line,
  { index, scale, labelY }: { index: number; scale: Scale; labelY: number },
): string {
  const places = line.points.map(({ x, y }) => [scale.x(x), scale.y(y)] as const);
  const path = places.map(([x, y]) => `${x},${y}`).join(' ');
  const mark = marks[index % marks.length] ?? 'circle';
  return `<g class="s${index % marks.length}"><polyline class="line" points="${path}"/>${places
    .map(([x, y]) => shapeOf(mark, x, y))
    .join('')}${text(width - inside.right + 8, labelY + 4, line.name, 'class="name"')}</g>`;
}

/** At the heights of the lines' ends, and as far apart as their texts are high. */
function labelPlaces(lines: readonly Line[], scale: Scale): number[] {
  const ends = lines.map((line, index) => ({ index, y: scale.y(line.points.at(-1)?.y ?? 0) }));
  const placed: number[] = [];
  let below = Infinity;
  for (const { index, y } of ends.toSorted((left, right) => right.y - left.y)) {
    below = Math.min(y, below - labelSpacing);
    placed[index] = below;
  }
  return placed;
}

function shapeOf(mark: (typeof marks)[number], x: number, y: number): string {
  switch (mark) {
    case 'circle':
      return `<circle class="mark" cx="${x}" cy="${y}" r="4"/>`;
    case 'square':
      return `<rect class="mark" x="${x - 4}" y="${y - 4}" width="8" height="8"/>`;
    case 'diamond':
      return `<path class="mark" d="M${x} ${y - 5}l5 5l-5 5l-5 -5z"/>`;
    case 'triangle':
      return `<path class="mark" d="M${x} ${y - 5}l5 9h-10z"/>`;
  }
}

const text = (x: number, y: number, content: string, attributes = ''): string =>
  `<text x="${round(x)}" y="${round(y)}" ${attributes}>${escaped(content)}</text>`;

const round = (value: number): number => Math.round(value * 10) / 10;
const short = (value: number): string => value.toLocaleString('en');
const escaped = (content: string): string => content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
