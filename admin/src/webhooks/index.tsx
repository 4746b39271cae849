import { Page } from '@strapi/strapi/admin';
import { Route, Routes } from 'react-router-dom';
import { permissions } from '../shared/permissions';
import { WebhookForm } from './WebhookForm';
import { WebhookTable } from './WebhookTable';

/** Settings → Mail Scanner → Webhooks. */
export function Webhooks() {
  return (
    <Page.Protect permissions={permissions.manageScanners}>
      <Routes>
        <Route index element={<WebhookTable />} />
        <Route path="create" element={<WebhookForm />} />
        <Route path=":webhookId" element={<WebhookForm />} />
      </Routes>
    </Page.Protect>
  );
}
