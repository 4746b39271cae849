import { OUTCOMES, type OlderUnread } from '../../../shared/vocabulary';
import * as React from 'react';
import { Box, Button, Flex, LinkButton, Loader, Modal, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import { useCountUnreadMutation, useRunMutation, type RunResult, type Scanner } from './api/scanners';
import { Notice } from '../shared/components/Notice';
import { OutcomeStatus } from '../shared/components/OutcomeStatus';
import { ModalRoot } from '../shared/components/ModalRoot';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useServerText } from '../shared/hooks/useServerText';
import { useText } from '../shared/hooks/useText';
import { OlderUnreadAnswers, OlderUnreadQuestion } from './OlderUnreadQuestion';

/** Whether nobody can have said yet what becomes of the unread emails that lie there. */
const isFirstRun = ({ activatedAt, lastScanAt }: Scanner): boolean => activatedAt === null && lastScanAt === null;

/**
 * Runs a scan at once and shows what became of it; closing it does not stop the scan. Before the first run of a scanner that was never
 * activated it asks, as before an activation, what is to become of the unread emails that lie there, if there are any.
 */
export function RunDialog({ scanner, onClose }: { scanner: Scanner; onClose(): void }) {
  const text = useText();
  const { describeError } = useFeedback();
  const { canReadScanLog } = useAllowed();
  const [countUnread] = useCountUnreadMutation();
  const [run, { data: result, error, isLoading, isUninitialized }] = useRunMutation();
  const [question, setQuestion] = React.useState<{ count: number } | null>(null);
  const started = React.useRef(false);
  const isOpen = React.useRef(true);
  const start = (unread?: OlderUnread) => {
    setQuestion(null);
    void run({ id: scanner.documentId, unread });
  };
  const begin = async () => {
    // Where the mailbox cannot be read, the run says why.
    const counted = isFirstRun(scanner) ? await countUnread(scanner.documentId) : null;
    // Closed before there was a question: nobody has answered it.
    if (!isOpen.current) return;
    if (counted && 'data' in counted && counted.data?.count) setQuestion({ count: counted.data.count });
    else start();
  };
  React.useEffect(() => {
    isOpen.current = true;
    return () => void (isOpen.current = false);
  }, []);
  React.useEffect(() => {
    if (started.current) return;
    started.current = true;
    void begin();
  });
  const isBusy = !question && (isLoading || isUninitialized);

  return (
    <ModalRoot onClose={onClose}>
      <Modal.Content>
        <Modal.Header>
          <Modal.Title>{text('run.title', { name: scanner.name })}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          {question && <OlderUnreadQuestion scanner={scanner} count={question.count} />}
          {isBusy && (
            <Flex direction="column" gap={4} padding={6} role="status">
              <Loader>{text('run.running')}</Loader>
              <Typography>{text('run.running')}</Typography>
            </Flex>
          )}
          {error && (
            <Notice variant="danger" live>
              {describeError(error)}
            </Notice>
          )}
          {result && !isBusy && <Result result={result} onTake={() => start('take')} />}
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onClose}>
            {text('common.close')}
          </Button>
          {question && <OlderUnreadAnswers onAnswer={start} />}
          {canReadScanLog && result && (
            <LinkButton tag={NavLink} variant="secondary" to={`/settings/mail-scanner/scan-log?scanner=${scanner.documentId}`}>
              {text('run.openLog')}
            </LinkButton>
          )}
        </Modal.Footer>
      </Modal.Content>
    </ModalRoot>
  );
}

function Result({ result, onTake }: { result: RunResult; onTake(): void }) {
  const text = useText();
  const serverText = useServerText();
  const outcomes = OUTCOMES.filter((outcome) => (result.byOutcome[outcome] ?? 0) > 0);
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {result.error && (
        <Notice variant="danger" live title={text('run.stopped')}>
          {serverText(result.error.message)}
        </Notice>
      )}
      <Typography role="status">
        {text('run.scanned', { count: result.scanned, seconds: Math.max(0.1, result.durationMs / 1000) })}
      </Typography>
      {result.leftAlone && (
        <Notice variant="info">
          <Flex gap={3} wrap="wrap" justifyContent="space-between">
            <Typography textColor="neutral800">{text('run.leftAlone', { count: result.leftAlone.count })}</Typography>
            <Button variant="secondary" onClick={onTake}>
              {text('scanners.take')}
            </Button>
          </Flex>
        </Notice>
      )}
      {outcomes.map((outcome) => (
        <Flex key={outcome} justifyContent="space-between" gap={4}>
          <OutcomeStatus outcome={outcome} />
          <Typography fontWeight="bold">{result.byOutcome[outcome]}</Typography>
        </Flex>
      ))}
      {result.openEffects > 0 && <Notice variant="warning">{text('run.openEffects', { count: result.openEffects })}</Notice>}
      {result.failed.length > 0 && (
        <Box>
          <Typography variant="sigma" textColor="neutral600" tag="h3">
            {text('run.failures')}
          </Typography>
          {result.failed.map(({ subject, from, reason }, index) => (
            <Box key={index} paddingTop={2}>
              <Typography fontWeight="bold">{subject || text('common.noSubject')}</Typography>
              <Typography textColor="neutral600">{` ${from}`}</Typography>
              <Typography tag="p" textColor="danger600">
                {serverText(reason)}
              </Typography>
            </Box>
          ))}
        </Box>
      )}
    </Flex>
  );
}
