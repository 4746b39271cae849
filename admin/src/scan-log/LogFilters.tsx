import { OUTCOMES } from '../../../shared/vocabulary';
import { Box, Button, DatePicker, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { useQueryParams } from '@strapi/strapi/admin';
import { useScannersQuery } from '../scanners/api/scanners';
import { endOfDay, startOfDay } from '../shared/utils/days';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useText } from '../shared/hooks/useText';
import type { LogQuery } from './logQuery';

const NAMES = ['scanner', 'outcome', 'since', 'until'] as const;

/** Scanner, outcome and dates. They live in the address bar. */
export function LogFilters() {
  const text = useText();
  const [{ query = {} }, setQuery] = useQueryParams<LogQuery>();
  // Without the right to see scanners there is no list to choose from.
  const { canReadScanners } = useAllowed();
  const { data: scanners } = useScannersQuery(undefined, { skip: !canReadScanners });
  const set = (change: Partial<LogQuery>) => setQuery({ ...change, page: '1' });
  const day = (value: string | undefined) => (value ? new Date(value) : undefined);
  return (
    <>
      {scanners && (
        <Box minWidth="16rem">
          <SingleSelect
            size="S"
            aria-label={text('log.scanner')}
            placeholder={text('log.anyScanner')}
            value={query.scanner ?? ''}
            onChange={(scanner: string | number) => set({ scanner: String(scanner) })}
            onClear={() => set({ scanner: undefined })}
          >
            {scanners.map(({ documentId, name }) => (
              <SingleSelectOption key={documentId} value={documentId}>
                {name}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Box>
      )}
      <Box minWidth="16rem">
        <SingleSelect
          size="S"
          aria-label={text('log.outcome')}
          placeholder={text('log.anyOutcome')}
          value={query.outcome ?? ''}
          onChange={(outcome: string | number) => set({ outcome: String(outcome) })}
          onClear={() => set({ outcome: undefined })}
        >
          {OUTCOMES.map((outcome) => (
            <SingleSelectOption key={outcome} value={outcome}>
              {text(`outcome.${outcome}`)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Box>
      <DatePicker
        size="S"
        aria-label={text('log.since')}
        placeholder={text('log.since')}
        value={day(query.since)}
        onChange={(date: Date | undefined) => set({ since: startOfDay(date) })}
        onClear={() => set({ since: undefined })}
      />
      <DatePicker
        size="S"
        aria-label={text('log.until')}
        placeholder={text('log.until')}
        value={day(query.until)}
        onChange={(date: Date | undefined) => set({ until: endOfDay(date) })}
        onClear={() => set({ until: undefined })}
      />
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
