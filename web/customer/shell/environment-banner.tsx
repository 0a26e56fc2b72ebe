import { useQuery } from '@tanstack/react-query';
import { appQuery } from '../api/queries.ts';
import { useTexts } from '../texts/texts.ts';

/** A banner for environments without real money. Production shows none. */
export function EnvironmentBanner() {
  const { data: app } = useQuery(appQuery);
  const { environment } = useTexts();
  if (!app || (app.environment === 'production' && app.serviceMode === 'production')) return null;
  const base = app.environment === 'production' ? undefined : environment[app.environment];
  const text = app.serviceMode === 'mock' ? environment.mock : base;
  return (
    <div className="environment" role="note" data-testid="environment-banner">
      {text}
    </div>
  );
}
