import * as React from 'react';
import { Page } from '@strapi/strapi/admin';
import { Route, Routes } from 'react-router-dom';
import { permissions } from '../../shared/permissions';
import { TriggerTable } from './TriggerTable';

/** Apart, because it brings the condition editor along. */
const TriggerForm = React.lazy(() => import('./TriggerForm').then((page) => ({ default: page.TriggerForm })));

/** Settings → Mail Scanner → Time Triggers. */
export function Triggers() {
  return (
    <Page.Protect permissions={permissions.manageScanners}>
      <React.Suspense fallback={<Page.Loading />}>
        <Routes>
          <Route index element={<TriggerTable />} />
          <Route path="create" element={<TriggerForm />} />
          <Route path=":triggerId" element={<TriggerForm />} />
        </Routes>
      </React.Suspense>
    </Page.Protect>
  );
}
