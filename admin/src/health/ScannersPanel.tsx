import type { ScannerState } from '../../../shared/vocabulary';
import { Flex, Link, Status, Td, Tr, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import type { ScannerHealth } from '../api/operations';
import { Panel } from '../shared/components/Panel';
import { RecordTable } from '../shared/components/RecordTable';
import { WhenCell } from '../shared/components/When';
import { useServerText } from '../shared/hooks/useServerText';
import { useText, type TextKey } from '../shared/hooks/useText';

const COLUMNS: TextKey[] = ['scanners.name', 'health.state', 'scanners.lastScan', 'health.lastSuccess'];
const LOOKS: Record<ScannerState, 'success' | 'danger' | 'secondary'> = {
  ok: 'success',
  failing: 'danger',
  overdue: 'danger',
  waiting: 'secondary',
};

/** The active scanners: whether each works, and since when not. */
export function ScannersPanel({ scanners }: { scanners: ScannerHealth[] }) {
  const text = useText();
  return (
    <Panel title={text('settings.scanners')}>
      <RecordTable
        columns={COLUMNS}
        hasActions={false}
        records={scanners}
        empty={<Typography textColor="neutral600">{text('health.noScanners')}</Typography>}
      >
        {(scanner) => <ScannerLine key={scanner.documentId} scanner={scanner} />}
      </RecordTable>
    </Panel>
  );
}

function ScannerLine({
  scanner: { documentId, name, state, running, lastScanAt, lastSuccessAt, lastError, lastErrorSaid },
}: {
  scanner: ScannerHealth;
}) {
  const text = useText();
  const serverText = useServerText();
  return (
    <Tr>
      <Td>
        <Link tag={NavLink} to={`../scanners/${documentId}`}>
          {name}
        </Link>
      </Td>
      <Td>
        <Flex direction="column" alignItems="flex-start" gap={1} maxWidth="36rem">
          <Status variant={running ? 'secondary' : LOOKS[state]} size="S" width="fit-content">
            <Typography tag="span" variant="omega" fontWeight="bold" ellipsis>
              {text(running ? 'scanners.running' : `health.state.${state}`)}
            </Typography>
          </Status>
          {lastError && (
            <Typography variant="pi" textColor="danger600" style={{ whiteSpace: 'normal' }}>
              {serverText(lastError, lastErrorSaid)}
            </Typography>
          )}
        </Flex>
      </Td>
      <Td>
        <WhenCell at={lastScanAt} fallback={text('scanners.never')} />
      </Td>
      <Td>
        <WhenCell at={lastSuccessAt} fallback={text('scanners.never')} />
      </Td>
    </Tr>
  );
}
