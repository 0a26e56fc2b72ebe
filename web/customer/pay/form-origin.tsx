import { Button } from '@digdir/designsystemet-react';
import { Link } from '@tanstack/react-router';
import { Notice } from '#kit/parts/notice.tsx';
import { usePayTexts } from '../texts/pay-texts.ts';
import type { FormStart } from './form-start.ts';

/** `lost`: the customer came to the review, and no draft is kept. `discarded`: they emptied the form. */
export type Origin = FormStart['origin'] | 'lost' | 'discarded';

interface FormOriginProps {
  origin: Origin;
  onTakeDraft: () => void;
}

/** Says where the values of the form are from. */
export function FormOrigin({ origin, onTakeDraft }: FormOriginProps) {
  const pay = usePayTexts();
  switch (origin) {
    case 'empty':
    case 'discarded':
      return null;
    case 'draft':
      return <Notice tone="info" title={pay.fromDraft} />;
    case 'again':
      return <Notice tone="info" title={pay.again} />;
    case 'again over draft':
      return (
        <Notice tone="info" title={pay.again}>
          <p>{pay.draftKept}</p>
          <Button variant="secondary" onClick={onTakeDraft}>
            {pay.takeDraft}
          </Button>
        </Notice>
      );
    case 'lost':
      return (
        <Notice tone="info" title={pay.lostTitle}>
          <p>{pay.lostText}</p>
          <Link to="/payments">{pay.unknownAction}</Link>
        </Notice>
      );
  }
}
