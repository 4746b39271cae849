import { Flex } from '@strapi/design-system';
import { Page } from '@strapi/strapi/admin';
import { useSiteHealthQuery } from '../api/operations';
import { ContentPage } from '../shared/components/ContentPage';
import { useText } from '../shared/hooks/useText';
import { NumbersPanel } from './NumbersPanel';
import { ProblemNotice } from './ProblemNotice';
import { ScannersPanel } from './ScannersPanel';

/** The page refreshes itself, so that the user sees when the site works again. */
const POLL_MS = 15_000;

export function HealthPage() {
  const text = useText();
  const { data: health, error } = useSiteHealthQuery(undefined, { refetchOnMountOrArgChange: true, pollingInterval: POLL_MS });
  if (error && !health) return <Page.Error />;
  if (!health) return <Page.Loading />;
  return (
    <ContentPage title={text('settings.health')} subtitle={text('health.subtitle')}>
      <Flex direction="column" alignItems="stretch" gap={6}>
        <ProblemNotice health={health} />
        <ScannersPanel scanners={health.scanners} />
        <NumbersPanel health={health} />
      </Flex>
    </ContentPage>
  );
}
