import { STATUSES, type TicketStatus } from '../../../../shared/vocabulary';
import { useStatusesQuery, type KeptStatus, type OwnStatus } from '../../api/ticketStatuses';
import { useText, useTextOr } from '../hooks/useText';

export interface WithStatus {
  ticketStatus: TicketStatus;
  helpdeskStatus: OwnStatus | null;
}

export interface StatusOption {
  /** One of the plugin's statuses, or the documentId of one of the site's own. */
  value: string;
  label: string;
  kind: TicketStatus;
}

/** What the status of a ticket is called. */
export function useStatusName(): (ticket: WithStatus) => string {
  const textOr = useTextOr();
  return ({ ticketStatus, helpdeskStatus }) => helpdeskStatus?.name ?? textOr(`inbox.status.${ticketStatus}`, ticketStatus);
}

/** The statuses to choose from, those of the site's own behind what they mean. `had`: what stays offered though it is switched off. */
export function useStatusOptions(had: 'all' | OwnStatus | null = null): StatusOption[] {
  const text = useText();
  const { data = [] } = useStatusesQuery();
  const isOffered = ({ documentId, active }: KeptStatus) => active || had === 'all' || had?.documentId === documentId;
  const own: OwnStatus[] = data.filter(isOffered);
  if (had && had !== 'all' && !own.some(({ documentId }) => documentId === had.documentId)) own.push(had);
  return STATUSES.flatMap((kind) => [
    { value: kind, label: text(`inbox.status.${kind}`), kind },
    ...own.filter((status) => status.kind === kind).map(({ documentId: value, name: label }) => ({ value, label, kind })),
  ]);
}

export const statusValueOf = ({ ticketStatus, helpdeskStatus }: WithStatus): string => helpdeskStatus?.documentId ?? ticketStatus;

/** What a ticket is told when one of the options is chosen. */
export const statusChangeOf = (value: string): { ticketStatus?: TicketStatus; helpdeskStatus: string | null } =>
  (STATUSES as readonly string[]).includes(value)
    ? { ticketStatus: value as TicketStatus, helpdeskStatus: null }
    : { helpdeskStatus: value };
