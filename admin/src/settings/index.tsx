import { Box, Tabs } from '@strapi/design-system';
import { Layouts, Page } from '@strapi/strapi/admin';
import { TabList } from '../shared/components/TabList';
import { permissions } from '../shared/permissions';
import { useText } from '../shared/hooks/useText';
import { AnsweringForm } from './AnsweringForm';
import { AlertsForm } from './AlertsForm';
import { ContentLinksForm } from './ContentLinksForm';
import { CustomersForm } from './CustomersForm';
import { LanguagesForm } from './LanguagesForm';
import { RetentionForm } from './RetentionForm';
import { ServiceLevelsForm } from './ServiceLevelsForm';
import { SettingsForm } from './SettingsForm';
import { PageMain } from '../shared/components/PageMain';

/** Settings → Mail Scanner → Additional Settings. */
export function AdditionalSettings() {
  const text = useText();
  return (
    <Page.Protect permissions={permissions.manageOutgoingMail}>
      <PageMain>
        <Page.Title>{text('settings.additional')}</Page.Title>
        <Layouts.Header title={text('settings.additional')} subtitle={text('additional.subtitle')} />
        <Layouts.Content>
          <Tabs.Root defaultValue="tickets" variant="simple">
            <TabList aria-label={text('settings.additional')}>
              <Tabs.Trigger value="tickets">{text('additional.tickets')}</Tabs.Trigger>
              <Tabs.Trigger value="answering">{text('additional.answering')}</Tabs.Trigger>
              <Tabs.Trigger value="content">{text('content.title')}</Tabs.Trigger>
              <Tabs.Trigger value="languages">{text('additional.languages')}</Tabs.Trigger>
              <Tabs.Trigger value="customers">{text('customers.title')}</Tabs.Trigger>
              <Tabs.Trigger value="levels">{text('levels.title')}</Tabs.Trigger>
              <Tabs.Trigger value="retention">{text('retention.title')}</Tabs.Trigger>
              <Tabs.Trigger value="alerts">{text('alerts.title')}</Tabs.Trigger>
            </TabList>
            <Tabs.Content value="tickets">
              <Box paddingTop={5}>
                <SettingsForm />
              </Box>
            </Tabs.Content>
            <Tabs.Content value="answering">
              <Box paddingTop={5}>
                <AnsweringForm />
              </Box>
            </Tabs.Content>
            <Tabs.Content value="content">
              <Box paddingTop={5}>
                <ContentLinksForm />
              </Box>
            </Tabs.Content>
            <Tabs.Content value="languages">
              <Box paddingTop={5}>
                <LanguagesForm />
              </Box>
            </Tabs.Content>
            <Tabs.Content value="customers">
              <Box paddingTop={5}>
                <CustomersForm />
              </Box>
            </Tabs.Content>
            <Tabs.Content value="levels">
              <Box paddingTop={5}>
                <ServiceLevelsForm />
              </Box>
            </Tabs.Content>
            <Tabs.Content value="retention">
              <Box paddingTop={5}>
                <RetentionForm />
              </Box>
            </Tabs.Content>
            <Tabs.Content value="alerts">
              <Box paddingTop={5}>
                <AlertsForm />
              </Box>
            </Tabs.Content>
          </Tabs.Root>
        </Layouts.Content>
      </PageMain>
    </Page.Protect>
  );
}
