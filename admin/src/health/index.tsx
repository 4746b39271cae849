import { Page } from '@strapi/strapi/admin';
import { permissions } from '../shared/permissions';
import { HealthPage } from './HealthPage';

/** Settings → Mail Scanner → Health. */
export function Health() {
  return (
    <Page.Protect permissions={permissions.readScanners}>
      <HealthPage />
    </Page.Protect>
  );
}
