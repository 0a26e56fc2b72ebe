import type { Problem } from '#http/contract/problem.ts';
import { useTexts } from '../texts/texts.ts';
import { SupportContact } from './support-contact.tsx';

/** The code and reference of a problem, and where to quote them. */
export function SupportDetails({ problem }: { problem: Problem }) {
  const { problems } = useTexts();
  return (
    <div className="support">
      <SupportContact>{problems.support}</SupportContact>
      <dl>
        <dt>{problems.code}</dt>
        <dd>{problem.code}</dd>
        <dt>{problems.requestId}</dt>
        <dd>{problem.requestId}</dd>
      </dl>
    </div>
  );
}
