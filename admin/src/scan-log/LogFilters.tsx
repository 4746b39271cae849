import { OUTCOMES } from '../../../shared/vocabulary';
import { Button } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { useScannersQuery } from '../api/scanners';
import { DayFilter } from '../shared/components/DayFilter';
import { FilterSelect } from '../shared/components/FilterSelect';
import { endOfDay, startOfDay } from '../shared/utils/days';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useListQuery } from '../shared/hooks/useListQuery';
import { useText } from '../shared/hooks/useText';
import type { LogQuery } from './logQuery';

const NAMES = ['scanner', 'outcome', 'since', 'until'] as const;

/** Scanner, outcome and dates. They live in the address bar. */
export function LogFilters() {
  const text = useText();
  const [query, setQuery] = useListQuery<LogQuery>();
  // Without the right to see scanners there is no list to choose from.
  const { canReadScanners } = useAllowed();
  const { data: scanners } = useScannersQuery(undefined, { skip: !canReadScanners });
  const set = (change: Partial<LogQuery>) => setQuery({ ...change, page: '1' });
  return (
    <>
      {scanners && (
        <FilterSelect
          label={text('log.scanner')}
          placeholder={text('log.anyScanner')}
          options={scanners.map(({ documentId, name }) => ({ value: documentId, label: name }))}
          value={query.scanner}
          onChange={(scanner) => set({ scanner })}
          minWidth="16rem"
        />
      )}
      <FilterSelect
        label={text('log.outcome')}
        placeholder={text('log.anyOutcome')}
        options={OUTCOMES.map((outcome) => ({ value: outcome, label: text(`outcome.${outcome}`) }))}
        value={query.outcome}
        onChange={(outcome) => set({ outcome })}
        minWidth="16rem"
      />
      <DayFilter name="since" label={text('log.since')} value={query.since} onChange={(date) => set({ since: startOfDay(date) })} />
      <DayFilter name="until" label={text('log.until')} value={query.until} onChange={(date) => set({ until: endOfDay(date) })} />
      {NAMES.some((name) => query[name]) && (
        <Button
          variant="ghost"
          size="S"
          startIcon={<Cross />}
          onClick={() => set({ scanner: undefined, outcome: undefined, since: undefined, until: undefined })}
        >
          {text('log.clear')}
        </Button>
      )}
    </>
  );
}
