import { Box, Flex, Tabs } from '@strapi/design-system';
import { Layouts, Page } from '@strapi/strapi/admin';
import { TabList } from '../shared/components/TabList';
import { useOAuthProvidersQuery, type OAuthProvider } from '../api/authorizations';
import { SignInFailure } from '../shared/oauth/SignInFailure';
import { useComeBack } from '../shared/oauth/useComeBack';
import { Panel } from '../shared/components/Panel';
import { permissions } from '../shared/permissions';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useTabInAddress } from '../shared/hooks/useTabInAddress';
import { useText } from '../shared/hooks/useText';
import { AccountTable } from './AccountTable';
import { ProviderForm } from './ProviderForm';
import { PageMain } from '../shared/components/PageMain';

/** Settings → Mail Scanner → OAuth: the connected accounts, and the providers that they sign in to. */
export function OAuth() {
  return (
    <Page.Protect permissions={permissions.manageScanners}>
      <SignInFailure />
      <OAuthPage />
    </Page.Protect>
  );
}

function OAuthPage() {
  const text = useText();
  const { success } = useFeedback();
  const { data: providers, error } = useOAuthProvidersQuery(undefined, { refetchOnMountOrArgChange: true });
  useComeBack(({ authorization }) => {
    if (authorization) success(text('oauth.connected'));
  });
  if (error) return <Page.Error />;
  if (!providers) return <Page.Loading />;
  return (
    <PageMain>
      <Page.Title>{text('settings.oauth')}</Page.Title>
      <Layouts.Header title={text('settings.oauth')} subtitle={text('oauth.subtitle')} />
      <Layouts.Content>
        <Flex direction="column" alignItems="stretch" gap={6}>
          <Panel title={text('oauth.accounts')} hint={text('oauth.accountsHint')}>
            <AccountTable />
          </Panel>
          <ProviderTabs providers={providers} />
        </Flex>
      </Layouts.Content>
    </PageMain>
  );
}

function ProviderTabs({ providers }: { providers: OAuthProvider[] }) {
  const text = useText();
  const tabs = useTabInAddress(providers.map(({ provider }) => provider));
  return (
    <Tabs.Root {...tabs} variant="simple">
      <TabList aria-label={text('oauth.providers')}>
        {providers.map(({ provider, label }) => (
          <Tabs.Trigger key={provider} value={provider}>
            {label}
          </Tabs.Trigger>
        ))}
      </TabList>
      {providers.map((provider) => (
        <Tabs.Content key={provider.provider} value={provider.provider}>
          <Box paddingTop={5}>
            <ProviderForm provider={provider} />
          </Box>
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
