import { Button } from '@digdir/designsystemet-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { Me } from '../../../src/http/contract.ts';
import { signOut } from '../api/actions.ts';
import { appQuery, meQuery } from '../api/queries.ts';
import { Wordmark } from '../brand/wordmark.tsx';
import { chooseLocale, useLocale, useTexts } from '../locale/locale.ts';
import { EnvironmentBanner } from './environment-banner.tsx';
import { MainNavigation } from './main-navigation.tsx';

/** What belongs to nobody in particular, and so stays when a customer leaves. */
const keptQueries = new Set<unknown>([appQuery.queryKey[0], meQuery.queryKey[0]]);

export function Header({ me }: { me: Me | null }) {
  const { shell } = useTexts();
  return (
    <header className="header">
      <EnvironmentBanner />
      <div className="header-inner">
        <Link to="/" className="header-home" aria-label={shell.toFrontPage}>
          <Wordmark />
        </Link>
        {me && <MainNavigation />}
        <div className="header-end">
          <LanguageSwitch />
          {me && <SignOut />}
        </div>
      </div>
    </header>
  );
}

function LanguageSwitch() {
  const { shell } = useTexts();
  const other = useLocale() === 'nb' ? 'en' : 'nb';
  const queryClient = useQueryClient();
  /* What the server says in words is read again in the new language. */
  const change = () => chooseLocale(other).then(() => queryClient.invalidateQueries());
  return (
    <Button
      variant="tertiary"
      data-color="neutral"
      className="header-button"
      lang={other}
      onClick={() => void change()}
    >
      {shell.otherLanguage}
    </Button>
  );
}

function SignOut() {
  const { shell } = useTexts();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      queryClient.setQueryData(meQuery.queryKey, null);
      await navigate({ to: '/sign-in', search: { outcome: 'signed_out' } });
      queryClient.removeQueries({ predicate: ({ queryKey }) => !keptQueries.has(queryKey[0]) });
    },
  });
  return (
    <Button
      variant="tertiary"
      data-color="neutral"
      className="header-button"
      loading={leave.isPending}
      onClick={() => leave.mutate()}
    >
      {shell.signOut}
    </Button>
  );
}
