import { Button } from '@digdir/designsystemet-react';
import { CheckmarkIcon, FilesIcon } from '@navikt/aksel-icons';
import { useState } from 'react';
import { announce } from '../shell/announcer.tsx';
import { usePaymentTexts } from '../texts/payment-texts.ts';

type CopyState = 'idle' | 'copied' | 'failed';

interface CopyableProps {
  value: string;
  /** The name of the value, for screen readers, which are told the outcome. */
  name: string;
}

/** A value with a button that copies it. */
export function Copyable({ value, name }: CopyableProps) {
  const { copy: texts } = usePaymentTexts();
  const [state, setState] = useState<CopyState>('idle');
  const copy = async (): Promise<void> => {
    const next = await write(value);
    setState(next);
    announce(next === 'copied' ? texts.copiedOf(name) : texts.failed);
  };
  return (
    <span className="copyable">
      <span className="number">{value}</span>
      <Button
        variant="tertiary"
        data-color="neutral"
        onClick={() => void copy()}
        onBlur={() => setState('idle')}
      >
        {state === 'copied' ? <CheckmarkIcon aria-hidden /> : <FilesIcon aria-hidden />}
        {state === 'copied' ? texts.copied : texts.copy}
        <span className="ds-sr-only"> {name}</span>
      </Button>
      {state === 'failed' && <span className="copy-failed">{texts.failed}</span>}
    </span>
  );
}

/** A browser without the clipboard, or without leave to use it, copies nothing. */
async function write(value: string): Promise<CopyState> {
  try {
    await navigator.clipboard.writeText(value);
    return 'copied';
  } catch {
    return 'failed';
  }
}
