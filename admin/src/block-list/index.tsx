import { Page } from '@strapi/strapi/admin';
import { Route, Routes } from 'react-router-dom';
import { permissions } from '../shared/permissions';
import { BlockForm } from './BlockForm';
import { BlockListPage } from './BlockListPage';

/** Settings → Mail Scanner → Block List. */
export function BlockList() {
  return (
    <Page.Protect permissions={permissions.manageBlockList}>
      <Routes>
        <Route index element={<BlockListPage />} />
        <Route path="create" element={<BlockForm />} />
      </Routes>
    </Page.Protect>
  );
}
