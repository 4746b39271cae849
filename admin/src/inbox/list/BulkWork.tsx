import * as React from 'react';
import { Flex, Typography } from '@strapi/design-system';
import { isUnderWay } from '../../../../shared/vocabulary';
import { useWorkQuery, type Work } from '../../api/work';
import { StopButton } from '../../shared/components/StopButton';
import { WorkProgress } from '../../shared/components/WorkProgress';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useServerText } from '../../shared/hooks/useServerText';
import { useText } from '../../shared/hooks/useText';
import { useTellOfSpam } from '../MarkedSpam';

const BUSY_MS = 1_000;

/**
 * The changes of whole lists that this administrator has begun, as long as they run, also after a reload. `begun` are the ids of those begun
 * here, which may be over before anybody has looked; `onEnd` is called for each that ends, `onBegun` where one is taken back by another.
 */
export function BulkWork({ begun, onEnd, onBegun }: { begun: string[]; onEnd(): void; onBegun(id: string): void }) {
  const tellOfSpam = useTellOfSpam();
  const { success, warn } = useFeedback();
  const text = useText();
  const serverText = useServerText();
  const { data = [] } = useWorkQuery(undefined, { refetchOnMountOrArgChange: true });
  const running = data.filter(({ kind, state }) => kind === 'bulkChange' && isUnderWay(state));
  useWorkQuery(undefined, { skip: running.length === 0, pollingInterval: BUSY_MS });
  const seen = React.useRef(new Set<string>());
  const told = React.useRef(new Set<string>());
  React.useEffect(() => {
    for (const work of data) {
      const { id, state, done, total, tickets, error, errorSaid, spam } = work;
      if (isUnderWay(state) || told.current.has(id) || !(seen.current.has(id) || begun.includes(id))) continue;
      told.current.add(id);
      const words = text('inbox.changed', { count: tickets?.changed ?? done });
      const isWhole = state === 'done' && !tickets?.failed;
      if (spam && done > 0) tellOfSpam(work, onBegun);
      if (isWhole && !spam) success(words);
      if (!isWhole)
        warn(
          [words, text('inbox.unchanged', { count: (total ?? done) - (tickets?.changed ?? done) }), error && serverText(error, errorSaid)]
            .filter(Boolean)
            .join(' '),
        );
      onEnd();
    }
    for (const { id } of running) seen.current.add(id);
  }, [data, running, begun, onEnd, onBegun, tellOfSpam, success, warn, text, serverText]);
  return running.map((work) => <BulkChange key={work.id} work={work} />);
}

function BulkChange({ work }: { work: Work }) {
  const text = useText();
  return (
    <Flex gap={4} padding={4} hasRadius background="neutral0" shadow="tableShadow" wrap="wrap">
      <Flex direction="column" alignItems="stretch" gap={2} flex="1" minWidth="16rem">
        <Typography role="status">{text('inbox.changingAll')}</Typography>
        <WorkProgress work={work} label={text('inbox.changingAll')} />
      </Flex>
      <StopButton work={work} size="S" />
    </Flex>
  );
}
