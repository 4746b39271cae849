import { Box, Flex, IconButton, Status, Td, Tooltip, Tr, Typography } from '@strapi/design-system';
import { BulletList, Duplicate, Eye, Pencil, Play, Trash } from '@strapi/icons';
import { NavLink, useNavigate } from 'react-router-dom';
import { useUpdateScannerMutation, type Scanner } from '../api/scanners';
import type { Work } from '../api/work';
import { ActiveSwitch } from '../shared/components/ActiveSwitch';
import { StatusWord } from '../shared/components/StatusWord';
import { WhenCell } from '../shared/components/When';
import { StopButton } from '../shared/components/StopButton';
import { WorkProgress } from '../shared/components/WorkProgress';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useServerText } from '../shared/hooks/useServerText';
import { useText } from '../shared/hooks/useText';
import { useActivation } from './useActivation';

interface ScannerRowProps {
  scanner: Scanner;
  /** The scan under way, if it takes longer than a moment. */
  scan?: Work;
  onRun(): void;
  onDelete(): void;
}

const stop = (event: React.SyntheticEvent) => event.stopPropagation();

export function ScannerRow({ scanner, scan, onRun, onDelete }: ScannerRowProps) {
  const text = useText();
  const navigate = useNavigate();
  const { canManageScanners, canRunScanners } = useAllowed();
  const { name, documentId } = scanner;
  return (
    <Tr onClick={() => navigate(documentId)} style={{ cursor: 'pointer' }}>
      <Td>
        <Box maxWidth="20rem" style={{ whiteSpace: 'normal', overflowWrap: 'break-word' }}>
          <Typography fontWeight="bold" textColor="neutral800">
            {name}
          </Typography>
        </Box>
      </Td>
      <Td>
        <Flex direction="column" alignItems="flex-start" maxWidth="20rem">
          <Typography textColor="neutral800" ellipsis maxWidth="100%">
            {scanner.mailboxName || scanner.username}
          </Typography>
          <Typography variant="pi" textColor="neutral600" ellipsis maxWidth="100%">
            {scanner.protocol === 'graph' ? text('outgoing.transport.graph') : `${scanner.protocol.toUpperCase()} · ${scanner.host}`}
          </Typography>
        </Flex>
      </Td>
      <Td onClick={stop}>
        <ScannerSwitch scanner={scanner} disabled={!canManageScanners} />
      </Td>
      <Td>
        <Flex direction="column" alignItems="flex-start">
          <WhenCell
            at={scanner.lastScanAt}
            fallback={text('scanners.never')}
            also={text('scanners.count', { count: scanner.messagesScanned })}
          />
          {scanner.messagesFailed > 0 && (
            <Typography variant="pi" textColor="danger600">
              {text('scanners.failedCount', { count: scanner.messagesFailed })}
            </Typography>
          )}
        </Flex>
      </Td>
      <Td onClick={scan && stop}>{scan ? <ScanUnderWay scan={scan} /> : <Health scanner={scanner} />}</Td>
      <Td onClick={stop}>
        <Flex gap={1} justifyContent="flex-end">
          {canRunScanners && (
            <IconButton label={text(scan ? 'scanners.showRun' : 'scanners.run', { name })} variant="ghost" onClick={onRun}>
              <Play />
            </IconButton>
          )}
          {canRunScanners && <LinkIcon to={`${documentId}/preview`} label={text('scanners.preview', { name })} icon={<Eye />} />}
          <LinkIcon to={`${documentId}/rules`} label={text('scanners.rules', { name })} icon={<BulletList />} />
          <LinkIcon to={documentId} label={text(canManageScanners ? 'scanners.edit' : 'scanners.show', { name })} icon={<Pencil />} />
          {canManageScanners && (
            <LinkIcon to={`create?from=${documentId}`} label={text('scanners.duplicate', { name })} icon={<Duplicate />} />
          )}
          {canManageScanners && (
            <IconButton label={text('scanners.delete', { name })} variant="ghost" onClick={onDelete}>
              <Trash />
            </IconButton>
          )}
        </Flex>
      </Td>
    </Tr>
  );
}

function LinkIcon({ to, label, icon }: { to: string; label: string; icon: React.ReactNode }) {
  return (
    <IconButton tag={NavLink} label={label} variant="ghost" to={to}>
      {icon}
    </IconButton>
  );
}

function ScannerSwitch({ scanner, disabled }: { scanner: Scanner; disabled: boolean }) {
  const text = useText();
  const { success, failure } = useFeedback();
  const [update, { isLoading }] = useUpdateScannerMutation();
  const { activate, isBusy, dialog } = useActivation();
  const change = async (active: boolean) => {
    // Not disabled meanwhile: that would take the focus away.
    if (isLoading || isBusy) return;
    if (active) return activate(scanner);
    const answer = await update({ id: scanner.documentId, data: { active } });
    if ('error' in answer) return failure(answer.error!);
    success(text('scanners.deactivated', { name: scanner.name }));
  };
  return (
    <>
      <ActiveSwitch
        label={text('scanners.activeSwitch', { name: scanner.name })}
        active={scanner.active}
        disabled={disabled}
        onChange={change}
      />
      {dialog}
    </>
  );
}

/** How far the scan is, and the way to stop it. */
function ScanUnderWay({ scan }: { scan: Work }) {
  const text = useText();
  const { canRunScanners } = useAllowed();
  return (
    <Flex direction="column" alignItems="flex-start" gap={2} width="100%" minWidth="12rem" maxWidth="24rem">
      <Mark variant="secondary">{text('scanners.running')}</Mark>
      <WorkProgress work={scan} label={text('scanners.progress', { name: scan.scanner!.name })} size="S" />
      {canRunScanners && <StopButton work={scan} size="S" label={text('scanners.stop', { name: scan.scanner!.name })} />}
    </Flex>
  );
}

/** Whether it works, and why not. */
function Health({ scanner }: { scanner: Scanner }) {
  const text = useText();
  const serverText = useServerText();
  if (scanner.running) return <Mark variant="secondary">{text('scanners.running')}</Mark>;
  if (scanner.lastError) {
    const reason = serverText(scanner.lastError, scanner.lastErrorSaid);
    return (
      <Tooltip label={reason}>
        <Flex direction="column" alignItems="flex-start" gap={1} maxWidth="20rem" tabIndex={0}>
          <Mark variant="danger">{text('scanners.failing')}</Mark>
          <Typography variant="pi" textColor="danger600" ellipsis maxWidth="100%">
            {reason}
          </Typography>
        </Flex>
      </Tooltip>
    );
  }
  if (scanner.ruleCount === 0) return <Mark variant="warning">{text('scanners.noRules')}</Mark>;
  return scanner.lastScanAt ? <Mark variant="success">{text('scanners.ok')}</Mark> : <Typography>—</Typography>;
}

function Mark({ variant, children }: { variant: 'success' | 'danger' | 'warning' | 'secondary'; children: string }) {
  return (
    <Status variant={variant} size="S" width="fit-content">
      <StatusWord variant={variant} ellipsis>
        {children}
      </StatusWord>
    </Status>
  );
}
