import { useRBAC } from '@strapi/strapi/admin';
import { allPermissions } from '../permissions';

export interface Allowed {
  isLoading: boolean;
  canManageScanners: boolean;
  canRunScanners: boolean;
  canReadScanLog: boolean;
  canReadTickets: boolean;
  canEditTickets: boolean;
  canReplyToTickets: boolean;
}

/** What the signed-in administrator may do beyond the page that is open. */
export function useAllowed(): Allowed {
  const { isLoading, allowedActions } = useRBAC(allPermissions);
  const can = (name: string) => allowedActions[name] ?? false;
  return {
    isLoading,
    canManageScanners: can('canManageScanners'),
    canRunScanners: can('canRunScanners'),
    canReadScanLog: can('canReadScanLog'),
    canReadTickets: can('canReadTickets'),
    canEditTickets: can('canEditTickets'),
    canReplyToTickets: can('canReplyToTickets'),
  };
}
