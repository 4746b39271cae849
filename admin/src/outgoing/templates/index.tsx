import { Page } from '@strapi/strapi/admin';
import { Route, Routes } from 'react-router-dom';
import { permissions } from '../../shared/permissions';
import { TemplateForm } from './TemplateForm';
import { TemplateList } from './TemplateList';

/** Settings → Mail Scanner → Email Templates. */
export function EmailTemplates() {
  return (
    <Page.Protect permissions={permissions.manageEmailTemplates}>
      <Routes>
        <Route index element={<TemplateList />} />
        <Route path=":templateKey" element={<TemplateForm />} />
      </Routes>
    </Page.Protect>
  );
}
