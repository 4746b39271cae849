import * as React from 'react';
import { TFooter } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { useNavigate } from 'react-router-dom';
import { useScannersQuery, type Scanner } from '../api/scanners';
import { AddLink, ListPage } from '../shared/components/ListPage';
import { EmptyList, RecordTable } from '../shared/components/RecordTable';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useText, type TextKey } from '../shared/hooks/useText';
import { DeadLetters } from './DeadLetters';
import { DeleteScannerDialog } from './DeleteScannerDialog';
import { RunDialog } from './RunDialog';
import { ScannerRow } from './ScannerRow';
import { useScans } from './useScans';

const COLUMNS: TextKey[] = ['scanners.name', 'scanners.mailbox', 'scanners.active', 'scanners.lastScan', 'scanners.health'];
/** How often a page that shows a running scan looks again. */
const POLL_MS = 3000;

export function ScannerList() {
  const text = useText();
  const navigate = useNavigate();
  const { canManageScanners, isLoading: isAsking } = useAllowed();
  const list = useScannersQuery(undefined, { refetchOnMountOrArgChange: true });
  useScannersQuery(undefined, { skip: !list.data?.some((scanner) => scanner.running), pollingInterval: POLL_MS });
  const scans = useScans(list.refetch);
  const [running, setRunning] = React.useState<Scanner | null>(null);
  const [deleting, setDeleting] = React.useState<Scanner | null>(null);
  return (
    <ListPage
      list={list}
      isWaiting={isAsking}
      title={text('settings.scanners')}
      subtitle={text('scanners.subtitle')}
      primaryAction={canManageScanners && <AddLink fullWidth>{text('scanners.add')}</AddLink>}
    >
      {(scanners) => (
        <>
          <RecordTable
            columns={COLUMNS}
            records={scanners}
            empty={<EmptyList text={text('scanners.empty')} action={canManageScanners && <AddLink>{text('scanners.add')}</AddLink>} />}
            footer={
              canManageScanners && (
                <TFooter icon={<Plus />} onClick={() => navigate('create')}>
                  {text('scanners.add')}
                </TFooter>
              )
            }
          >
            {(scanner) => (
              <ScannerRow
                key={scanner.documentId}
                scanner={scanner}
                scan={scans.get(scanner.documentId)}
                onRun={() => setRunning(scanner)}
                onDelete={() => setDeleting(scanner)}
              />
            )}
          </RecordTable>
          <DeadLetters />
          {running && <RunDialog scanner={running} scan={scans.get(running.documentId)} onClose={() => setRunning(null)} />}
          {deleting && <DeleteScannerDialog scanner={deleting} onClose={() => setDeleting(null)} />}
        </>
      )}
    </ListPage>
  );
}
