import { Box, Flex, Grid, Typography } from '@strapi/design-system';
import { Layouts, Page, useQueryParams } from '@strapi/strapi/admin';
import { Cell } from '../shared/components/Cell';
import { Notice } from '../shared/components/Notice';
import { PageMain } from '../shared/components/PageMain';
import { Panel } from '../shared/components/Panel';
import { useText } from '../shared/hooks/useText';
import { useReportQuery, type ReportQuery } from '../api/reports';
import { DaysChart } from './DaysChart';
import { DownloadCsv } from './DownloadCsv';
import { GroupTable } from './GroupTable';
import { HoursTable } from './HoursTable';
import { Numbers } from './Numbers';
import { lastDays, ReportFilters } from './ReportFilters';

/** How fast the team answers: numbers, charts and tables over some days, each beside the days before. */
export function ReportsPage() {
  const text = useText();
  const [{ query: chosen = {} }] = useQueryParams<Partial<ReportQuery>>();
  const query = { ...lastDays(30), ...chosen };
  const { data: report, error } = useReportQuery(query, { refetchOnMountOrArgChange: true });
  return (
    <PageMain>
      <Page.Title>{text('reports.title')}</Page.Title>
      <Layouts.Header title={text('reports.title')} subtitle={text('reports.subtitle')} />
      <Layouts.Content>
        <Flex direction="column" alignItems="stretch" gap={4}>
          <ReportFilters query={query} />
          {error && <Notice variant="danger" title={text('reports.failed')} live />}
          {!report && !error && <Page.Loading />}
          {report && (
            <>
              {report.isMeasuring && <Notice variant="info">{text('reports.measuring')}</Notice>}
              <Numbers report={report} />
              <Panel title={text('reports.days')} hint={text('reports.timeZone', { timeZone: report.timeZone })}>
                <DaysChart days={report.days} />
                <DownloadCsv table="days" query={query} />
              </Panel>
              <Panel title={text('reports.hours')}>
                <HoursTable hours={report.hours} />
                <DownloadCsv table="hours" query={query} />
              </Panel>
              <Grid.Root gap={4}>
                {(['agents', 'scanners', 'teams', 'tags'] as const).map((key) => (
                  <Cell key={key} col={12}>
                    <Panel title={text(`reports.${key}`)}>
                      {report[key].length > 0 ? (
                        <Box overflow="auto">
                          <GroupTable
                            label={text(`reports.${key}`)}
                            nobody={text(key === 'agents' ? 'inbox.nobody' : 'preview.noActions')}
                            groups={report[key]}
                          />
                        </Box>
                      ) : (
                        <Typography textColor="neutral600">{text('reports.nothing')}</Typography>
                      )}
                      <DownloadCsv table={key} query={query} />
                    </Panel>
                  </Cell>
                ))}
              </Grid.Root>
            </>
          )}
        </Flex>
      </Layouts.Content>
    </PageMain>
  );
}
