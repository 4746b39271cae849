import { useRBAC } from '@strapi/strapi/admin';
import { allPermissions } from '../permissions';

export interface Allowed {
  isLoading: boolean;
  canReadScanners: boolean;
  canManageScanners: boolean;
  canRunScanners: boolean;
  canReadScanLog: boolean;
  canManageOutgoingMail: boolean;
  /** Canned replies that everybody has. */
  canKeepReplies: boolean;
  canReadTickets: boolean;
  canReadAllTickets: boolean;
  canEditTickets: boolean;
  canAssignTickets: boolean;
  canReplyToTickets: boolean;
  canWriteNotes: boolean;
  canMergeTickets: boolean;
  canDeleteTickets: boolean;
  canEditContacts: boolean;
  canManageSharedViews: boolean;
  canManageContactData: boolean;
}

/** What the signed-in administrator may do beyond the page that is open. */
export function useAllowed(): Allowed {
  const { isLoading, allowedActions } = useRBAC(allPermissions);
  const can = (name: string) => allowedActions[name] ?? false;
  return {
    isLoading,
    canReadScanners: can('canReadScanners'),
    canManageScanners: can('canManageScanners'),
    canRunScanners: can('canRunScanners'),
    canReadScanLog: can('canReadScanLog'),
    canManageOutgoingMail: can('canManageOutgoingMail'),
    canKeepReplies: can('canManageEmailTemplates'),
    canReadTickets: can('canReadTickets') || can('canReadOwnTickets'),
    canReadAllTickets: can('canReadTickets'),
    canEditTickets: can('canEditTickets'),
    canAssignTickets: can('canEditTickets') || can('canAssignTickets'),
    canReplyToTickets: can('canReplyToTickets'),
    canWriteNotes: can('canReplyToTickets') || can('canWriteInternalNotes'),
    canMergeTickets: can('canMergeTickets'),
    canDeleteTickets: can('canDeleteTickets'),
    canEditContacts: can('canEditContacts'),
    canManageSharedViews: can('canManageSharedViews'),
    // An export or a deletion contains what colleagues wrote with the contact, so the user must be allowed to see all tickets.
    canManageContactData: can('canManageContactData') && can('canReadTickets'),
  };
}
