import { isUnderWay, OUTCOMES, type OlderUnread } from '../../../shared/vocabulary';
import * as React from 'react';
import { Box, Button, Flex, LinkButton, Loader, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import { useCountUnreadMutation, useRunMutation, type RunResult, type Scanner } from '../api/scanners';
import { useLazyWorkQuery, type Work, type WorkWithResult } from '../api/work';
import { Notice } from '../shared/components/Notice';
import { OutcomeStatus } from '../shared/components/OutcomeStatus';
import { ModalDialog } from '../shared/components/ModalDialog';
import { StopButton } from '../shared/components/StopButton';
import { WorkProgress } from '../shared/components/WorkProgress';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useServerText } from '../shared/hooks/useServerText';
import { useText } from '../shared/hooks/useText';
import { OlderUnreadAnswers, OlderUnreadQuestion } from './OlderUnreadQuestion';
import { useWatchedScan } from './useScans';

/** Whether nobody can have said yet what becomes of the unread emails that lie there. */
const isFirstRun = ({ activatedAt, lastScanAt }: Scanner): boolean => activatedAt === null && lastScanAt === null;

interface RunDialogProps {
  scanner: Scanner;
  /** The scan of it that is under way. */
  scan?: Work;
  onClose(): void;
}

/**
 * Begins a scan, unless one is under way, and shows how far it is and what became of it; closing it does not stop the scan. Before the first
 * run of a scanner that was never activated it asks, as before an activation, what is to become of the unread emails that lie there, if
 * there are any.
 */
export function RunDialog({ scanner, scan, onClose }: RunDialogProps) {
  const text = useText();
  const { describeError } = useFeedback();
  const { canReadScanLog, canRunScanners } = useAllowed();
  const [countUnread] = useCountUnreadMutation();
  const [run, { error: refusal }] = useRunMutation();
  const [findWork] = useLazyWorkQuery();
  const [workId, setWorkId] = React.useState(scan?.id ?? null);
  const { work, error: trouble } = useWatchedScan(workId);
  const [question, setQuestion] = React.useState<{ count: number } | null>(null);
  // Where one is under way there is nothing to begin.
  const started = React.useRef(scan !== undefined);
  const isOpen = React.useRef(true);
  const start = async (unread?: OlderUnread) => {
    const answer = await run({ id: scanner.documentId, unread });
    if ('data' in answer) return setWorkId(answer.data.id);
    // Another one may have begun meanwhile.
    const { data = [] } = await findWork();
    setWorkId(data.find((other) => other.scanner?.documentId === scanner.documentId && isUnderWay(other.state))?.id ?? null);
  };
  const begin = async () => {
    // Where the mailbox cannot be read, the run says why.
    const counted = await (isFirstRun(scanner) ? countUnread(scanner.documentId) : null);
    // Closed before there was a question: nobody has answered it.
    if (!isOpen.current) return;
    if (counted && 'data' in counted && counted.data?.count) setQuestion({ count: counted.data.count });
    else void start();
  };
  const startAnew = (unread: OlderUnread) => {
    setQuestion(null);
    setWorkId(null);
    void start(unread);
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
  const error = work ? null : workId ? trouble : refusal;
  const isRunning = work !== undefined && isUnderWay(work.state);

  return (
    <ModalDialog
      title={text('run.title', { name: scanner.name })}
      onClose={onClose}
      wayOut="close"
      actions={
        <>
          {question && <OlderUnreadAnswers onAnswer={startAnew} />}
          {isRunning && canRunScanners && <StopButton work={work} label={text('scanners.stop', { name: work.scanner!.name })} />}
          {canReadScanLog && work && !isRunning && (
            <LinkButton tag={NavLink} variant="secondary" to={`/settings/mail-scanner/scan-log?scanner=${scanner.documentId}`}>
              {text('run.openLog')}
            </LinkButton>
          )}
        </>
      }
    >
      {question && <OlderUnreadQuestion scanner={scanner} count={question.count} />}
      {!question && !error && !work && (
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
      {isRunning && <Running work={work} />}
      {work && !isRunning && <Ended work={work} onTake={() => startAnew('take')} />}
    </ModalDialog>
  );
}

function Running({ work }: { work: Work }) {
  const text = useText();
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Typography role="status">{text(work.state === 'stopping' ? 'run.stopping' : 'run.running')}</Typography>
      <WorkProgress work={work} label={text('scanners.progress', { name: work.scanner!.name })} />
      <Outcomes byOutcome={work.byOutcome} />
    </Flex>
  );
}

function Ended({ work, onTake }: { work: WorkWithResult; onTake(): void }) {
  const text = useText();
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {work.state === 'stopped' && (
        <Notice variant="info" live title={text('run.stoppedTitle')}>
          {text('run.goesOn', { left: Math.max(0, (work.total ?? 0) - work.done) })}
        </Notice>
      )}
      {work.result ? (
        <Result result={work.result} onTake={onTake} />
      ) : (
        <>
          <Notice variant="warning" live title={text('run.interruptedTitle')}>
            {text('run.interrupted')}
          </Notice>
          <WorkProgress work={work} label={text('scanners.progress', { name: work.scanner!.name })} />
          <Outcomes byOutcome={work.byOutcome} />
        </>
      )}
    </Flex>
  );
}

function Outcomes({ byOutcome }: Pick<Work, 'byOutcome'>) {
  return OUTCOMES.filter((outcome) => (byOutcome[outcome] ?? 0) > 0).map((outcome) => (
    <Flex key={outcome} justifyContent="space-between" gap={4}>
      <OutcomeStatus outcome={outcome} />
      <Typography fontWeight="bold">{byOutcome[outcome]}</Typography>
    </Flex>
  ));
}

function Result({ result, onTake }: { result: RunResult; onTake(): void }) {
  const text = useText();
  const serverText = useServerText();
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {result.error && (
        <Notice variant="danger" live title={text('run.stopped')}>
          {serverText(result.error.message, result.error.messageSaid)}
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
      <Outcomes byOutcome={result.byOutcome} />
      {result.openEffects > 0 && <Notice variant="warning">{text('run.openEffects', { count: result.openEffects })}</Notice>}
      {result.failed.length > 0 && (
        <Box>
          <Typography variant="sigma" textColor="neutral600" tag="h3">
            {text('run.failures')}
          </Typography>
          {result.failed.map(({ subject, from, reason, reasonSaid }, index) => (
            <Box key={index} paddingTop={2}>
              <Typography fontWeight="bold">{subject || text('common.noSubject')}</Typography>
              <Typography textColor="neutral600">{` ${from}`}</Typography>
              <Typography tag="p" textColor="danger600">
                {serverText(reason, reasonSaid)}
              </Typography>
            </Box>
          ))}
        </Box>
      )}
    </Flex>
  );
}
