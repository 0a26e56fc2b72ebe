import { useQuery } from '@tanstack/react-query';
import type { App } from '#http/contract/system.ts';
import { appQuery } from '../api/queries.ts';
import { useTexts } from '../texts/texts.ts';
import { StageDoor } from './stage-door.tsx';

/** A banner for environments without real money, with the door to the sandbox's stage. Production shows none. */
export function EnvironmentBanner() {
  const { data: app } = useQuery(appQuery);
  const text = useBannerText(app);
  if (!app || text === undefined) return null;
  const note = (
    <p role="note" data-testid="environment-banner">
      {text}
    </p>
  );
  return app.hasStage ? <StageDoor>{note}</StageDoor> : <div className="environment">{note}</div>;
}

function useBannerText(app: App | undefined): string | undefined {
  const { environment } = useTexts();
  if (app?.serviceMode === 'mock') return environment.mock;
  return app && app.environment !== 'production' ? environment[app.environment] : undefined;
}
