import { useRBAC } from '@strapi/strapi/admin';
import { allPermissions } from '../permissions';

export interface Allowed {
  isLoading: boolean;
  canManageScanners: boolean;
  canRunScanners: boolean;
  canReadScanLog: boolean;
  canReadTickets: boolean;
}

/** What the signed-in administrator may do beyond the page that is open. */
export function useAllowed(): Allowed {
  const { isLoading, allowedActions } = useRBAC(allPermissions);
  const { canManageScanners = false, canRunScanners = false, canReadScanLog = false, canReadTickets = false } = allowedActions;
  return { isLoading, canManageScanners, canRunScanners, canReadScanLog, canReadTickets };
}
