import { show } from './support/panel';
import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useAllowed } from '../../admin/src/shared/hooks/useAllowed';

function Allowed() {
  const { isLoading, ...allowed } = useAllowed();
  const names = Object.entries(allowed).filter(([, can]) => can);
  return <output data-testid="allowed">{isLoading ? '…' : names.map(([name]) => name).join()}</output>;
}

test.each([
  [[], ''],
  [['read-own-tickets'], 'canReadTickets'],
  [['read-tickets'], 'canReadTickets,canReadAllTickets'],
  [['edit-tickets'], 'canEditTickets,canAssignTickets'],
  [['assign-tickets'], 'canAssignTickets'],
  [['reply-to-tickets'], 'canReplyToTickets,canWriteNotes'],
  [['write-internal-notes'], 'canWriteNotes'],
  [['manage-contact-data', 'read-own-tickets'], 'canReadTickets'],
  [['manage-contact-data', 'read-tickets'], 'canReadTickets,canReadAllTickets,canManageContactData'],
])('a role with %j may do: %s', async (permissions, may) => {
  show(<Allowed />, { permissions });
  await waitFor(() => expect(screen.getByTestId('allowed').textContent).toBe(may));
});
