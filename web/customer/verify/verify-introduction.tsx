import { Button } from '@digdir/designsystemet-react';
import { CameraIcon, ClockIcon, PassportIcon } from '@navikt/aksel-icons';
import { ActionBar } from '../task/action-bar.tsx';
import { useVerifyTexts } from '../texts/verify-texts.ts';

const needIcons = [PassportIcon, CameraIcon, ClockIcon];

/** The reason for the check, what the customer needs, and how it works. */
export function VerifyIntroduction({ busy, onStart }: { busy: boolean; onStart: () => void }) {
  const verify = useVerifyTexts();
  return (
    <>
      <p className="page-lead">{verify.lead}</p>
      <section className="surface needs" aria-labelledby="needs">
        <h2 id="needs">{verify.needTitle}</h2>
        <ul role="list">
          {verify.needs.map((need, index) => {
            const Icon = needIcons[index] ?? ClockIcon;
            return (
              <li key={need}>
                <Icon aria-hidden />
                {need}
              </li>
            );
          })}
        </ul>
      </section>
      <section className="group" aria-labelledby="how">
        <h2 id="how">{verify.howTitle}</h2>
        <p>{verify.how}</p>
      </section>
      <ActionBar>
        <Button
          className="wide-button"
          loading={busy}
          aria-disabled={busy}
          onClick={() => !busy && onStart()}
        >
          {verify.start}
        </Button>
      </ActionBar>
    </>
  );
}
