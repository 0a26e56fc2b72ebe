import { expect, test } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { csvLine } from '#usecases/documents/statement/csv.ts';
import { statementPdf, type Statement } from '#usecases/documents/statement/pdf.ts';
import { readPdf, type PdfNode } from '../../support/pdf.ts';
import { settledPayment } from './settled-payment.ts';

const payment = {
  ...settledPayment(),
  settledAt: new Date('2026-11-30T23:30:00Z'),
  dismissedAt: undefined,
};
const cellsOf = (text: string): string[] => {
  const { order } = settledPayment({ remittance: { kind: 'text', text }, creditorName: text });
  return csvLine({ ...payment, order }, 'nb').split(';');
};

test.each(['=1+1', '+47', '-1', '@SUM(A1)', ' =1', '\u00a0=1', '＝1', '−1'])(
  'a CSV shows %j as a text that no spreadsheet calculates',
  (text) => {
    const [, , creditor, , , , message] = cellsOf(text);
    expect([creditor, message]).toEqual([`'${text}`, `'${text}`]);
  },
);

/** The cells as a spreadsheet reads them whose language has another separator. */
function readWith(line: string, separator: string): string[] {
  const cell = new RegExp(
    `(?<=^|${separator})(?:"((?:[^"]|"")*)"([^${separator}]*)|([^${separator}]*))`,
    'g',
  );
  return [...line.matchAll(cell)].map(([, quoted = '', rest = '', plain = '']) =>
    plain === '' ? quoted.replaceAll('""', '"') + rest : plain,
  );
}

test.each([
  'a;=1+1',
  'a,=1+1',
  'a; +1',
  'a,"=1+1"',
  ';"=1&"',
  'a,\t@SUM(A1)',
  'a;b,-1',
  ',-1',
  '\t=1',
  'a\t=1',
])('a CSV has no cell that begins a formula where %j is separated by another sign', (text) => {
  const { order } = settledPayment({ remittance: { kind: 'text', text }, creditorName: text });
  for (const locale of ['nb', 'en'] as const)
    for (const separator of [';', ',', '\t'])
      for (const cell of readWith(csvLine({ ...payment, order }, locale), separator))
        expect(cell).not.toMatch(/^["\s]*[=+\-@]/);
});

test.each(['Ola = Kari', '1-2', 'a@b.no', 'Leie, mai; 3-roms'])('a CSV shows %j as it is', (text) => {
  expect(cellsOf(text).join(';')).toContain(text);
});

test('a CSV keeps a line break and a quotation mark inside their cell', () => {
  const { order } = settledPayment({ creditorName: 'Ola\n"Kari"' });
  expect(csvLine({ ...payment, order }, 'en')).toContain(',"Ola\n""Kari""",');
});

const statement: Statement = {
  period: { from: '2026-01-01', to: '2026-12-31' },
  locale: 'nb',
  customerName: 'Kari Nordmann',
  payments: Array.from({ length: 40 }, () => payment),
};
const nodesIn = (node: PdfNode): PdfNode[] => [node, ...node.children.flatMap(nodesIn)];

test('a PDF of several pages has one table, with a header for each column, and all content is marked', async () => {
  const { tree, pages, catalogue } = readPdf(await statementPdf(statement, systemClock));
  const nodes = tree.flatMap(nodesIn);
  expect(pages.length).toBeGreaterThan(2);
  expect(catalogue).toMatch(/\/Lang \(nb-NO\)/);
  expect(nodes.filter(({ tag }) => tag === 'Table')).toHaveLength(1);
  expect(nodes.filter(({ tag }) => tag === 'TR')).toHaveLength(41);
  expect(nodes.filter(({ tag }) => tag === 'TH').map(({ text, scope }) => [text, scope])).toEqual(
    ['Dato', 'Mottaker', 'Status', 'Beløp'].map((column) => [column, 'Column']),
  );
  for (const { lines } of pages) {
    const [begun, ended] = [/ (BDC|BMC)$/, /^EMC$/].map((operator) =>
      lines.filter((line) => operator.test(line)),
    );
    expect(begun?.length).toBe(ended?.length);
  }
});

test('a PDF is the same bytes for the same payments, and others for others', async () => {
  const bytes = await statementPdf(statement, systemClock);
  expect((await statementPdf({ ...statement }, systemClock)).equals(bytes)).toBe(true);
  const [first, ...rest] = statement.payments;
  const changed = first ? [{ ...first, status: 'rejected' as const }, ...rest] : [];
  expect((await statementPdf({ ...statement, payments: changed }, systemClock)).equals(bytes)).toBe(false);
});

test('a PDF of no payments says so', async () => {
  const { tree } = readPdf(await statementPdf({ ...statement, payments: [], locale: 'en' }, systemClock));
  const texts = tree.flatMap(nodesIn).map(({ text }) => text);
  expect(texts).toContain('There are no payments in this period.');
});
