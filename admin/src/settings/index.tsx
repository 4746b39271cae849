import * as React from 'react';
import { Box, Tabs } from '@strapi/design-system';
import { Layouts, Page } from '@strapi/strapi/admin';
import { TabList } from '../shared/components/TabList';
import { permissions } from '../shared/permissions';
import { useTabInAddress } from '../shared/hooks/useTabInAddress';
import { useText, type TextKey } from '../shared/hooks/useText';
import { AnsweringForm } from './AnsweringForm';
import { AlertsForm } from './AlertsForm';
import { ContentLinksForm } from './ContentLinksForm';
import { CustomersForm } from './CustomersForm';
import { LanguagesForm } from './LanguagesForm';
import { RetentionForm } from './RetentionForm';
import { ServiceLevelsForm } from './ServiceLevelsForm';
import { SettingsForm } from './SettingsForm';
import { PageMain } from '../shared/components/PageMain';

const TABS: [name: string, title: TextKey, Form: React.ComponentType][] = [
  ['tickets', 'additional.tickets', SettingsForm],
  ['answering', 'additional.answering', AnsweringForm],
  ['content', 'content.title', ContentLinksForm],
  ['languages', 'additional.languages', LanguagesForm],
  ['customers', 'customers.title', CustomersForm],
  ['levels', 'levels.title', ServiceLevelsForm],
  ['retention', 'retention.title', RetentionForm],
  ['alerts', 'alerts.title', AlertsForm],
];

/** Settings → Mail Scanner → Additional Settings. */
export function AdditionalSettings() {
  const text = useText();
  const tabs = useTabInAddress(TABS.map(([name]) => name));
  return (
    <Page.Protect permissions={permissions.manageOutgoingMail}>
      <PageMain>
        <Page.Title>{text('settings.additional')}</Page.Title>
        <Layouts.Header title={text('settings.additional')} subtitle={text('additional.subtitle')} />
        <Layouts.Content>
          <Tabs.Root {...tabs} variant="simple">
            <TabList aria-label={text('settings.additional')}>
              {TABS.map(([name, title]) => (
                <Tabs.Trigger key={name} value={name}>
                  {text(title)}
                </Tabs.Trigger>
              ))}
            </TabList>
            {TABS.map(([name, , Form]) => (
              <Tabs.Content key={name} value={name}>
                <Box paddingTop={5}>
                  <Form />
                </Box>
              </Tabs.Content>
            ))}
          </Tabs.Root>
        </Layouts.Content>
      </PageMain>
    </Page.Protect>
  );
}
