import { Suspense, useId, useRef, useState, type ReactNode } from 'react';
import { useTexts } from '../texts/texts.ts';
import { attempt } from './attempt.ts';
import { lazyPart } from './lazy-part.ts';

/** The entry in session storage while the stage is open, so that it stays so on the way through a bank. */
const key = 'drop-stage';

/** Loaded when it is first opened, and only a sandbox opens it. */
const StagePanel = lazyPart(() => import('../stage/stage-panel.tsx'), 'StagePanel');

/** The banner of a sandbox that has a stage, with the button that opens it. */
export function StageDoor({ children }: { children: ReactNode }) {
  const { environment } = useTexts();
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(() => attempt(() => window.sessionStorage.getItem(key)) === 'open');
  const open = (isWanted: boolean) => {
    setOpen(isWanted);
    attempt(() => window.sessionStorage.setItem(key, isWanted ? 'open' : 'closed'));
  };
  const close = () => {
    open(false);
    button.current?.focus();
  };
  return (
    <>
      <div className="environment">
        {children}
        <button
          ref={button}
          type="button"
          className="environment-stage"
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          onClick={() => open(!isOpen)}
        >
          {environment.stage}
        </button>
      </div>
      {isOpen && (
        <Suspense>
          <StagePanel id={id} onClose={close} />
        </Suspense>
      )}
    </>
  );
}
