import { Button, Label, Select } from '@digdir/designsystemet-react';
import { useState } from 'react';
import type { Stage } from '#http/contract/stage.ts';
import { useLocale } from '#kit/locale/locale.ts';
import { useStageTexts } from '../texts/stage-texts.ts';
import type { ActOnStage } from './stage-query.ts';

interface StagePeopleProps {
  people: Stage['people'];
  acting: ActOnStage;
}

/** Signs in as another person. The sign-in at BankID is a real one, and ends the session of whoever was signed in. */
export function StagePeople({ people, acting }: StagePeopleProps) {
  const texts = useStageTexts();
  const locale = useLocale();
  const [id, setId] = useState(people[0]?.id ?? '');
  const note = people.find((person) => person.id === id)?.note[locale];
  const signIn = () =>
    acting.mutate(
      { act: 'next_person', person: id },
      { onSuccess: () => window.location.assign('/api/auth/bankid?returnTo=/') },
    );
  return (
    <div className="stage-people">
      <Label className="stage-choice">
        <span>{texts.person}</span>
        <Select value={id} onChange={({ target }) => setId(target.value)}>
          {people.map((person) => (
            <option key={person.id} value={person.id}>
              {person.name}
            </option>
          ))}
        </Select>
      </Label>
      {note && <p className="quiet">{note}</p>}
      <Button variant="secondary" data-color="neutral" className="stage-button" onClick={signIn}>
        {texts.signIn}
      </Button>
    </div>
  );
}
