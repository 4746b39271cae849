import * as React from 'react';
import { EmptyStateLayout, LinkButton, Table, Tbody, TFooter, Th, Thead, Tr, Typography, VisuallyHidden } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { EmptyDocuments } from '@strapi/icons/symbols';
import { Layouts, Page } from '@strapi/strapi/admin';
import { NavLink, useNavigate } from 'react-router-dom';
import { useScannersQuery, type Scanner } from '../../api/scanners';
import { useAllowed } from '../../utils/useAllowed';
import { useText, type TextKey } from '../../utils/useText';
import { DeleteScannerDialog } from './DeleteScannerDialog';
import { RunDialog } from './RunDialog';
import { ScannerRow } from './ScannerRow';

const COLUMNS: TextKey[] = ['scanners.name', 'scanners.mailbox', 'scanners.active', 'scanners.lastScan', 'scanners.health', 'scanners.scanned'];
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
    <Page.Main>
      <Page.Title>{text('settings.scanners')}</Page.Title>
      <Layouts.Header title={text('settings.scanners')} subtitle={text('scanners.subtitle')} primaryAction={canManageScanners && <AddButton fullWidth />} />
      <Layouts.Content>
        {scanners.length === 0 ? (
          <EmptyStateLayout icon={<EmptyDocuments width="16rem" />} content={text('scanners.empty')} action={canManageScanners && <AddButton />} />
        ) : (
          <Table
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
            <Thead>
              <Tr>
                {COLUMNS.map((column) => (
                  <Th key={column}>
                    <Typography variant="sigma" textColor="neutral600">
                      {text(column)}
                    </Typography>
                  </Th>
                ))}
                <Th>
                  <VisuallyHidden>{text('common.actions')}</VisuallyHidden>
                </Th>
              </Tr>
            </Thead>
            <Tbody>
              {scanners.map((scanner) => (
                <ScannerRow key={scanner.documentId} scanner={scanner} onRun={() => setRunning(scanner)} onDelete={() => setDeleting(scanner)} />
              ))}
            </Tbody>
          </Table>
        )}
      </Layouts.Content>
      {running && <RunDialog scanner={running} onClose={() => setRunning(null)} />}
      {deleting && <DeleteScannerDialog scanner={deleting} onClose={() => setDeleting(null)} />}
    </Page.Main>
  );
}

function AddButton({ fullWidth = false }: { fullWidth?: boolean }) {
  const text = useText();
  return (
    <LinkButton tag={NavLink} startIcon={<Plus />} size="S" fullWidth={fullWidth} to="create">
      {text('scanners.add')}
    </LinkButton>
  );
}
