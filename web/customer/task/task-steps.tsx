import { XMarkIcon } from '@navikt/aksel-icons';
import { Link } from '@tanstack/react-router';
import { useTaskTexts } from '../texts/task-texts.ts';
import './task.css';

interface TaskStepsProps {
  task: 'pay' | 'verify' | 'banks';
  at: 1 | 2 | 3;
}

/** The step of a task of three, shown above the heading. On a phone it takes the place of the tab bar. */
export function TaskSteps({ task, at }: TaskStepsProps) {
  const texts = useTaskTexts();
  const names = texts[task];
  return (
    <div className="task-steps">
      <p>{texts.step(at, names[at - 1] ?? '')}</p>
      <Link to="/" className="task-close">
        <XMarkIcon aria-hidden />
        {texts.close}
      </Link>
      <span className="task-marks" aria-hidden="true">
        {names.map((name, index) => (
          <span key={name} data-reached={index < at} />
        ))}
      </span>
    </div>
  );
}
