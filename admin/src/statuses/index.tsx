import { Page } from '@strapi/strapi/admin';
import { Route, Routes } from 'react-router-dom';
import { permissions } from '../shared/permissions';
import { StatusForm } from './StatusForm';
import { StatusList } from './StatusList';

/** Settings → Mail Scanner → Ticket Statuses. */
export function Statuses() {
  return (
    <Page.Protect permissions={permissions.manageStatuses}>
      <Routes>
        <Route index element={<StatusList />} />
        <Route path="create" element={<StatusForm />} />
        <Route path=":statusId" element={<StatusForm />} />
      </Routes>
    </Page.Protect>
  );
}
