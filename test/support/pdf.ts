/** A node of a PDF's structure tree, with the text of the content that belongs to it. */
export interface PdfNode {
  tag: string;
  scope: string | undefined;
  text: string;
  children: PdfNode[];
}

/** An uncompressed PDF, as pdfkit writes it. */
export interface Pdf {
  /** The document's catalogue, with what it refers to put in its place. */
  catalogue: string;
  /** The XMP metadata. */
  metadata: string;
  info: string;
  /** The bodies of all objects. */
  objects: string[];
  tree: PdfNode[];
  /** The content of each page, an operator with its operands in each line. */
  pages: { lines: string[] }[];
}

type Objects = ReadonlyMap<number, string>;

/** Reads an uncompressed PDF (ISO 32000-1); only what pdfkit writes. */
export function readPdf(bytes: Buffer): Pdf {
  const text = bytes.toString('latin1');
  const objects = objectsOf(text);
  const trailer = text.slice(text.lastIndexOf('trailer'));
  const root = follow(objects, trailer, 'Root');
  const leaves = followAll(objects, follow(objects, root, 'Pages'), 'Kids').map(({ body }) => body);
  const contents = new Map(leaves.map((leaf) => [leaf, new PageContent(objects, leaf)]));
  const parents = followAll(objects, follow(objects, root, 'StructTreeRoot'), 'K');
  return {
    catalogue: root.replace(/(\d+) 0 R/g, (_ref, id) => objects.get(Number(id)) ?? ''),
    metadata: streamOf(follow(objects, root, 'Metadata')),
    info: follow(objects, trailer, 'Info').replace(/(\d+) 0 R/g, (_ref, id) => objects.get(Number(id)) ?? ''),
    objects: [...objects.values()],
    tree: parents.map(({ body }) => nodeOf(objects, body, contents)),
    pages: leaves.map((leaf) => ({ lines: contents.get(leaf)?.lines ?? [] })),
  };
}

/** The objects, by the offsets of the cross-reference table: streams contain arbitrary bytes. */
function objectsOf(text: string): Objects {
  const table = text.slice(Number(/startxref\s+(\d+)/.exec(text)?.[1]));
  const offsets = [...table.matchAll(/^(\d{10}) 00000 n/gm)].map(([, offset]) => Number(offset));
  return new Map(
    offsets.map((offset, index) => {
      const end = offsets.toSorted((a, b) => a - b).find((other) => other > offset);
      const object = text.slice(offset, end);
      return [index + 1, object.slice(object.indexOf('obj') + 3, object.lastIndexOf('endobj')).trim()];
    }),
  );
}

const idOf = (dictionary: string, key: string): number =>
  Number(new RegExp(`/${key} (\\d+) 0 R`).exec(dictionary)?.[1]);

const follow = (objects: Objects, dictionary: string, key: string): string =>
  objects.get(idOf(dictionary, key)) ?? '';

function followAll(objects: Objects, dictionary: string, key: string): { id: number; body: string }[] {
  const list = new RegExp(`/${key} \\[([^\\]]*)\\]`).exec(dictionary)?.[1] ?? '';
  return [...list.matchAll(/(\d+) 0 R/g)].map(([, id]) => ({
    id: Number(id),
    body: objects.get(Number(id)) ?? '',
  }));
}

function streamOf(object: string): string {
  const start = object.indexOf('stream\n') + 'stream\n'.length;
  return object.slice(start, object.lastIndexOf('endstream'));
}

class PageContent {
  readonly lines: string[];
  readonly #texts = new Map<number, string>();

  constructor(objects: Objects, leaf: string) {
    const content = streamOf(follow(objects, leaf, 'Contents'));
    // The dictionary of a marked content sequence is written over several lines.
    this.lines = content.replace(/<<\n[^>]*>>/g, (found) => found.replaceAll('\n', ' ')).split('\n');
    const resources = follow(objects, leaf, 'Resources');
    let mcid = -1;
    let glyphs: string[] = [];
    for (const line of this.lines) {
      if (line.endsWith('BDC')) mcid = Number(/\/MCID (\d+)/.exec(line)?.[1] ?? -1);
      const font = /^\/(F\d+) [\d.]+ Tf$/.exec(line)?.[1];
      if (font) glyphs = glyphsOf(follow(objects, follow(objects, resources, font), 'ToUnicode'));
      if (line.endsWith('TJ')) this.#texts.set(mcid, (this.#texts.get(mcid) ?? '') + shown(line, glyphs));
    }
  }

  /** The text of one marked content sequence; the lines into which it is broken are put together. */
  textOf(mcid: number): string {
    return this.#texts.get(mcid) ?? '';
  }
}

/** The characters by the glyph's number, of a ToUnicode map. */
function glyphsOf(map: string): string[] {
  const ranges = [...streamOf(map).matchAll(/<([\da-f]{4})> <[\da-f]{4}> \[([^\]]*)\]/g)];
  return ranges.flatMap(([, , list = '']) =>
    [...list.matchAll(/<([\da-f ]*)>/g)].map(([, hex = '']) =>
      Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'),
    ),
  );
}

function shown(line: string, glyphs: readonly string[]): string {
  const hex = [...line.matchAll(/<([\da-f]+)>/g)].map(([, digits = '']) => digits).join('');
  return (hex.match(/.{4}/g) ?? []).map((glyph) => glyphs[Number.parseInt(glyph, 16)] ?? '\ufffd').join('');
}

function nodeOf(objects: Objects, body: string, contents: ReadonlyMap<string, PageContent>): PdfNode {
  const page = contents.get(follow(objects, body, 'Pg'));
  const marked = /\/K \[([\d ]+)\]/.exec(body)?.[1]?.split(' ') ?? [];
  return {
    tag: /\/S \/(\w+)/.exec(body)?.[1] ?? '',
    scope: /\/Scope \/(\w+)/.exec(body)?.[1],
    text: marked.map((mcid) => page?.textOf(Number(mcid)) ?? '').join(''),
    children: followAll(objects, body, 'K').map((child) => nodeOf(objects, child.body, contents)),
  };
}
