import { Box, Button } from '@strapi/design-system';
import { Download } from '@strapi/icons';
import { useFetchClient } from '@strapi/strapi/admin';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useText } from '../shared/hooks/useText';
import type { ReportQuery, ReportTable } from '../api/reports';

/** The table above as a file for a spreadsheet. */
export function DownloadCsv({ table, query }: { table: ReportTable; query: ReportQuery }) {
  const text = useText();
  const { get } = useFetchClient();
  const { failure } = useFeedback();
  const download = async () => {
    try {
      const { data } = await get<Blob>('/mail-scanner/reports/csv', { responseType: 'blob', params: { ...query, table } });
      const link = document.createElement('a');
      link.href = URL.createObjectURL(data);
      link.download = `report-${table}-${query.since}-${query.until}.csv`;
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (error) {
      failure(error);
    }
  };
  return (
    <Box>
      <Button variant="tertiary" size="S" startIcon={<Download />} onClick={download}>
        {text('reports.csv', { table: text(`reports.${table}`) })}
      </Button>
    </Box>
  );
}
