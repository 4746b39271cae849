import * as React from 'react';
import { Flex, IconButton, Status, Td, Tooltip, Tr, Typography } from '@strapi/design-system';
import { ArrowClockwise, Trash } from '@strapi/icons';
import { RecordTable } from '../shared/components/RecordTable';
import { useAuthorizationsQuery, type Authorization } from '../api/authorizations';
import { RemoveAuthorizationDialog, useUsers } from '../shared/oauth/RemoveAuthorizationDialog';
import { useAuthoriseAgain } from '../shared/oauth/useAuthoriseAgain';
import { useServerText } from '../shared/hooks/useServerText';
import { StatusWord } from '../shared/components/StatusWord';
import { useText, type TextKey } from '../shared/hooks/useText';

const COLUMNS: TextKey[] = ['oauth.account', 'oauth.provider', 'oauth.state', 'oauth.usedBy'];

/** Every connected account: whether it works, and who uses it. */
export function AccountTable() {
  const text = useText();
  const { data: authorizations } = useAuthorizationsQuery(undefined, { refetchOnMountOrArgChange: true });
  const [removing, setRemoving] = React.useState<Authorization | null>(null);
  if (!authorizations) return null;
  return (
    <>
      <RecordTable
        columns={COLUMNS}
        records={authorizations}
        empty={<Typography textColor="neutral600">{text('oauth.noAccounts')}</Typography>}
      >
        {(authorization) => (
          <AccountRow key={authorization.documentId} authorization={authorization} onRemove={() => setRemoving(authorization)} />
        )}
      </RecordTable>
      {removing && <RemoveAuthorizationDialog authorization={removing} onClose={() => setRemoving(null)} />}
    </>
  );
}

function AccountRow({ authorization, onRemove }: { authorization: Authorization; onRemove(): void }) {
  const text = useText();
  const users = useUsers(authorization);
  const { authoriseAgain, isLoading } = useAuthoriseAgain();
  const { username, providerLabel, permission } = authorization;
  return (
    <Tr>
      <Td>
        <Typography fontWeight="bold" textColor="neutral800">
          {username}
        </Typography>
      </Td>
      <Td>
        <Flex direction="column" alignItems="flex-start">
          <Typography textColor="neutral800">{providerLabel}</Typography>
          {permission === 'application' && (
            <Typography variant="pi" textColor="neutral600">
              {text('oauth.application')}
            </Typography>
          )}
        </Flex>
      </Td>
      <Td>
        <AccountState authorization={authorization} />
      </Td>
      <Td>
        <Typography textColor="neutral800">{users || '—'}</Typography>
      </Td>
      <Td>
        <Flex gap={1} justifyContent="flex-end">
          <IconButton
            label={text('oauth.againFor', { name: username })}
            variant="ghost"
            disabled={isLoading}
            onClick={() => authoriseAgain(authorization)}
          >
            <ArrowClockwise />
          </IconButton>
          <IconButton label={text('oauth.removeOf', { name: username })} variant="ghost" onClick={onRemove}>
            <Trash />
          </IconButton>
        </Flex>
      </Td>
    </Tr>
  );
}

function AccountState({ authorization: { needsAuthorization, lastError, lastErrorSaid } }: { authorization: Authorization }) {
  const text = useText();
  const serverText = useServerText();
  const [variant, key] = needsAuthorization
    ? (['danger', 'oauth.needsAuthorization'] as const)
    : lastError
      ? (['warning', 'oauth.trouble'] as const)
      : (['success', 'scanners.ok'] as const);
  const state = (
    <Status variant={variant} size="S" width="fit-content" tabIndex={lastError ? 0 : undefined}>
      <StatusWord variant={variant}>{text(key)}</StatusWord>
    </Status>
  );
  return lastError ? <Tooltip label={serverText(lastError, lastErrorSaid)}>{state}</Tooltip> : state;
}
