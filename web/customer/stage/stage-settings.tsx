import { Input, Label, Select } from '@digdir/designsystemet-react';
import type { Stage, StageAct } from '#http/contract/stage.ts';
import { useStageTexts } from '../texts/stage-texts.ts';
import type { ActOnStage } from './stage-query.ts';
import { useWanted } from './use-wanted.ts';

interface StageSettingsProps {
  stage: Stage;
  acting: ActOnStage;
}

/** What stays as it is chosen, or until the next payment. */
export function StageSettings({ stage, acting }: StageSettingsProps) {
  const texts = useStageTexts();
  const { isHolding, held } = stage.webhooks;
  const act = (wanted: StageAct) => acting.mutateAsync(wanted);
  return (
    <div className="stage-settings">
      <Choice
        label={texts.bank}
        words={texts.bankStates}
        value={stage.bank}
        onChoose={(state) => act({ act: 'bank', state })}
      />
      <Choice
        label={texts.nextPayment}
        words={texts.outcomes}
        value={stage.nextPayment}
        onChoose={(outcome) => act({ act: 'next_payment', outcome })}
      />
      <Switch
        label={texts.bankIdDown}
        isOn={stage.isBankIdDown}
        onSwitch={(isDown) => act({ act: 'bankid', isDown })}
      />
      <Switch
        label={texts.sumsubDown}
        isOn={stage.isSumsubDown}
        onSwitch={(isDown) => act({ act: 'sumsub', isDown })}
      />
      <Switch
        label={held === 0 ? texts.hold : `${texts.hold} (${texts.held(held)})`}
        isOn={isHolding}
        onSwitch={(isOn) => act({ act: 'webhooks', isHolding: isOn })}
      />
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  words: Record<Value, string>;
  value: Value;
  onChoose: (value: Value) => Promise<unknown>;
}

function Choice<Value extends string>({ label, words, value, onChoose }: ChoiceProps<Value>) {
  const [shown, choose] = useWanted(value, onChoose);
  return (
    <Label className="stage-choice">
      <span>{label}</span>
      <Select value={shown} onChange={({ target }) => choose(target.value as Value)}>
        {Object.entries<string>(words).map(([each, word]) => (
          <option key={each} value={each}>
            {word}
          </option>
        ))}
      </Select>
    </Label>
  );
}

interface SwitchProps {
  label: string;
  isOn: boolean;
  onSwitch: (isOn: boolean) => Promise<unknown>;
}

function Switch({ label, isOn, onSwitch }: SwitchProps) {
  const [shown, choose] = useWanted(isOn, onSwitch);
  return (
    <label className="stage-switch">
      <Input type="checkbox" checked={shown} onChange={({ target }) => choose(target.checked)} />
      <span>{label}</span>
    </label>
  );
}
