import { Page } from '@strapi/strapi/admin';
import { Route, Routes } from 'react-router-dom';
import { permissions } from '../shared/permissions';
import { TagForm } from './TagForm';
import { TagTable } from './TagTable';

/** Settings → Mail Scanner → Tags. */
export function Tags() {
  return (
    <Page.Protect permissions={permissions.manageTags}>
      <Routes>
        <Route index element={<TagTable />} />
        <Route path="create" element={<TagForm />} />
        <Route path=":tagId" element={<TagForm />} />
      </Routes>
    </Page.Protect>
  );
}
