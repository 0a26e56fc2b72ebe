import { ErrorSummary } from '@digdir/designsystemet-react';
import { useEffect, useRef } from 'react';
import { usePayTexts } from '../texts/pay-texts.ts';
import type { PaymentField, PaymentFormErrors } from './payment-form-values.ts';

interface FormErrorSummaryProps {
  errors: PaymentFormErrors;
  fieldId: (field: PaymentField) => string;
  /** The number of attempts to submit. Each failed attempt moves the focus to this summary. */
  attempt: number;
}

/** The faults of the form. Each line links to its field. */
export function FormErrorSummary({ errors, fieldId, attempt }: FormErrorSummaryProps) {
  const pay = usePayTexts();
  const summary = useRef<HTMLDivElement>(null);
  const faults = Object.entries(errors) as [PaymentField, string][];
  const any = faults.length > 0;
  useEffect(() => {
    if (any) summary.current?.focus();
  }, [attempt, any]);
  if (!any) return null;
  return (
    <ErrorSummary asChild>
      <div ref={summary} tabIndex={-1} role="group" aria-labelledby="pay-errors" data-testid="error-summary">
        <h2 id="pay-errors">{pay.errorsTitle}</h2>
        <ErrorSummary.List>
          {faults.map(([field, fault]) => (
            <ErrorSummary.Item key={field}>
              <ErrorSummary.Link
                href={`#${fieldId(field)}`}
                onClick={(event) => {
                  event.preventDefault();
                  document.getElementById(fieldId(field))?.focus();
                }}
              >
                {fault}
              </ErrorSummary.Link>
            </ErrorSummary.Item>
          ))}
        </ErrorSummary.List>
      </div>
    </ErrorSummary>
  );
}
