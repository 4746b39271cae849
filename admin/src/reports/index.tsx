import { Page } from '@strapi/strapi/admin';
import { permissions } from '../shared/permissions';
import { ReportsPage } from './ReportsPage';

/** Reports in the main menu. */
export function Reports() {
  return (
    <Page.Protect permissions={permissions.readReports}>
      <ReportsPage />
    </Page.Protect>
  );
}
