import type { Problem } from '#http/contract/problem.ts';
import { useTexts } from '../texts/texts.ts';

/** The details to quote to customer service. */
export function SupportDetails({ problem }: { problem: Problem }) {
  const { problems } = useTexts();
  return (
    <div className="support">
      <p>{problems.supportTitle}</p>
      <dl>
        <dt>{problems.code}</dt>
        <dd>{problem.code}</dd>
        <dt>{problems.requestId}</dt>
        <dd>{problem.requestId}</dd>
      </dl>
    </div>
  );
}
