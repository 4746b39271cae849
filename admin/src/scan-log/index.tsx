import { Page } from '@strapi/strapi/admin';
import { permissions } from '../shared/permissions';
import { ScanLogPage } from './ScanLogPage';

/** Settings → Mail Scanner → Scan Log. */
export function ScanLog() {
  return (
    <Page.Protect permissions={permissions.readScanLog}>
      <ScanLogPage />
    </Page.Protect>
  );
}
