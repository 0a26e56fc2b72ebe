import { Input, ValidationMessage } from '@digdir/designsystemet-react';
import type { Account } from '#http/contract/accounts.ts';
import { instantOereMax } from '#domain/banking/order-fault.ts';
import { osloDay } from '#domain/oslo-time.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useNow } from '#kit/locale/now.ts';
import { TextInput } from '#kit/parts/text-input.tsx';
import { useOrderTexts } from '../texts/order-texts.ts';
import { arrivalText } from './arrival-text.ts';
import { DayChoice } from './day-choice.tsx';
import { executionChoices, executionOf, orderedExecution } from './execution-values.ts';
import {
  rulesOf,
  type PaymentField,
  type PaymentFormErrors,
  type PaymentFormValues,
} from './payment-form-values.ts';
import '#kit/parts/choice.css';

interface ExecutionFieldsProps {
  account: Account | undefined;
  values: PaymentFormValues;
  errors: PaymentFormErrors;
  fieldId: (field: PaymentField) => string;
  /** The due date of the pasted invoice. */
  dueDay: string | undefined;
  onChange: (change: Partial<PaymentFormValues>) => void;
}

/** When the bank is to pay: what it can do is offered, and what its calendar means is said. */
export function ExecutionFields(props: ExecutionFieldsProps) {
  const { account, values, errors, fieldId, dueDay, onChange } = props;
  const texts = useOrderTexts();
  const format = useFormat();
  const today = osloDay(new Date(useNow()));
  const choices = executionChoices(values, { account, today });
  const isOnDay = values.when === 'on';
  const arrival = (
    <Arrival id={`${fieldId('date')}-arrival`} account={account} values={values} today={today} />
  );
  if (!choices.offersDay && !isOnDay && !rulesOf(account).takesInstant) return arrival;
  return (
    <fieldset className="reference">
      <legend className="ds-label">{texts.when}</legend>
      {(choices.offersDay || isOnDay) && <WhenChoice when={values.when} onChange={onChange} />}
      {choices.offersDay && (
        <DayChoice choices={choices} values={values} dueDay={dueDay} onChange={onChange} />
      )}
      {isOnDay ? (
        <TextInput
          id={fieldId('date')}
          type="date"
          label={texts.date}
          hint={choices.offersDay ? texts.dateHint(format.date(`${choices.lastDay}T12:00:00Z`)) : undefined}
          error={errors.date}
          aria-required
          describedBy={`${fieldId('date')}-arrival`}
          min={choices.firstDay}
          {...(choices.offersDay && { max: choices.lastDay })}
          value={values.date}
          onChange={({ target }) => onChange({ date: target.value })}
        />
      ) : (
        rulesOf(account).takesInstant && <InstantChoice {...props} isOffered={choices.offersInstant} />
      )}
      {arrival}
      {isOnDay && values.date > choices.firstDay && <p className="quiet">{texts.reminder}</p>}
    </fieldset>
  );
}

function WhenChoice({ when, onChange }: Pick<ExecutionFieldsProps, 'onChange'> & { when: 'now' | 'on' }) {
  const texts = useOrderTexts();
  const choices = [
    { kind: 'now', label: texts.now },
    { kind: 'on', label: texts.onDay },
  ] as const;
  return (
    <div className="choice">
      {choices.map(({ kind, label }) => (
        <label key={kind} className="choice-item" data-chosen={when === kind}>
          <Input
            type="radio"
            name="when"
            value={kind}
            checked={when === kind}
            onChange={() => onChange({ when: kind })}
          />
          {label}
        </label>
      ))}
    </div>
  );
}

function InstantChoice(props: ExecutionFieldsProps & { isOffered: boolean }) {
  const { values, errors, fieldId, onChange, isOffered } = props;
  const texts = useOrderTexts();
  const format = useFormat();
  const id = fieldId('instant');
  if (!isOffered) return <p className="quiet">{texts.instantNotWithKid}</p>;
  const described = [`${id}-hint`, ...(errors.instant ? [`${id}-error`] : [])].join(' ');
  return (
    <div className="instant">
      <label className="choice-item" data-chosen={values.instant}>
        <Input
          id={id}
          type="checkbox"
          checked={values.instant}
          aria-describedby={described}
          aria-invalid={errors.instant ? true : undefined}
          onChange={({ target }) => onChange({ instant: target.checked })}
        />
        {texts.instant}
      </label>
      <p id={`${id}-hint`} className="quiet">
        {texts.instantHint(format.money({ amount: instantOereMax, currency: 'NOK' }))}
      </p>
      {errors.instant && <ValidationMessage id={`${id}-error`}>{errors.instant}</ValidationMessage>}
    </div>
  );
}

interface ArrivalProps {
  id: string;
  account: Account | undefined;
  values: PaymentFormValues;
  today: string;
}

/** The empty element stays, so that the text is announced when it changes. */
function Arrival({ id, account, values, today }: ArrivalProps) {
  const texts = useOrderTexts();
  const format = useFormat();
  const now = new Date(useNow());
  const execution = orderedExecution(executionOf(values, { account, today }));
  const isUndecided = execution.kind === 'on' && execution.date <= today;
  return (
    <p id={id} role="status" className="quiet" data-testid="arrival">
      {!isUndecided && arrivalText(execution, { now, texts: texts.arrival, format })}
    </p>
  );
}
