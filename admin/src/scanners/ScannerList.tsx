import * as React from 'react';
import { EmptyStateLayout, Tbody, TFooter } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { EmptyDocuments } from '@strapi/icons/symbols';
import { Page } from '@strapi/strapi/admin';
import { useNavigate } from 'react-router-dom';
import { FoldingTable } from '../shared/components/FoldingTable';
import { useScannersQuery, type Scanner } from './api/scanners';
import { AddLink, ListPage, TableHead } from '../shared/components/ListPage';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useText, type TextKey } from '../shared/hooks/useText';
import { DeadLetters } from './DeadLetters';
import { DeleteScannerDialog } from './DeleteScannerDialog';
import { RunDialog } from './RunDialog';
import { ScannerRow } from './ScannerRow';

const COLUMNS: TextKey[] = ['scanners.name', 'scanners.mailbox', 'scanners.active', 'scanners.lastScan', 'scanners.health'];
/** How often a page that shows a running scan looks again. */
const POLL_MS = 3000;

export function ScannerList() {
  const text = useText();
  const navigate = useNavigate();
  const { canManageScanners, isLoading: isAsking } = useAllowed();
  const { data: scanners, isLoading, error } = useScannersQuery(undefined, { refetchOnMountOrArgChange: true });
  useScannersQuery(undefined, { skip: !scanners?.some((scanner) => scanner.running), pollingInterval: POLL_MS });
  const [running, setRunning] = React.useState<Scanner | null>(null);
  const [deleting, setDeleting] = React.useState<Scanner | null>(null);

  if (isLoading || isAsking) return <Page.Loading />;
  if (error || !scanners) return <Page.Error />;
  return (
    <ListPage
      title={text('settings.scanners')}
      subtitle={text('scanners.subtitle')}
      primaryAction={canManageScanners && <AddLink fullWidth>{text('scanners.add')}</AddLink>}
    >
      {scanners.length === 0 ? (
        <EmptyStateLayout
          icon={<EmptyDocuments width="16rem" />}
          content={text('scanners.empty')}
          action={canManageScanners && <AddLink>{text('scanners.add')}</AddLink>}
        />
      ) : (
        <FoldingTable
          columns={COLUMNS}
          colCount={COLUMNS.length + 1}
          rowCount={scanners.length + 1}
          footer={
            canManageScanners && (
              <TFooter icon={<Plus />} onClick={() => navigate('create')}>
                {text('scanners.add')}
              </TFooter>
            )
          }
        >
          <TableHead columns={COLUMNS} />
          <Tbody>
            {scanners.map((scanner) => (
              <ScannerRow
                key={scanner.documentId}
                scanner={scanner}
                onRun={() => setRunning(scanner)}
                onDelete={() => setDeleting(scanner)}
              />
            ))}
          </Tbody>
        </FoldingTable>
      )}
      <DeadLetters />
      {running && <RunDialog scanner={running} onClose={() => setRunning(null)} />}
      {deleting && <DeleteScannerDialog scanner={deleting} onClose={() => setDeleting(null)} />}
    </ListPage>
  );
}
