import type { LegalText } from '../texts/nb-legal.ts';
import './legal.css';

/** The sections of a page of rules, each with its heading. */
export function LegalSections({ sections }: Pick<LegalText, 'sections'>) {
  return sections.map(({ title, text }) => (
    <section key={title} className="legal-section">
      <h2>{title}</h2>
      {text.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
    </section>
  ));
}
