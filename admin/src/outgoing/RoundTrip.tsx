import * as React from 'react';
import { Box, Button, Field, Flex, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { PaperPlane } from '@strapi/icons';
import { useScannersQuery } from '../api/scanners';
import { useLookForRoundTripMutation, useStartRoundTripMutation } from '../api/settings';
import { Notice } from '../shared/components/Notice';
import { Panel } from '../shared/components/Panel';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useFeedback } from '../shared/hooks/useFeedback';
import type { Words } from '../../../shared/sentences/words';
import { useServerText } from '../shared/hooks/useServerText';
import { useText } from '../shared/hooks/useText';

const LOOK_EVERY_MS = 3_000;
/** Most servers deliver within seconds; some put a stranger off for a minute. */
const PATIENCE_MS = 120_000;

type State =
  { kind: 'none' | 'sending' } | { kind: 'waiting' | 'back' | 'late'; address: string } | { kind: 'failed'; reason: string; said?: Words };

/** Sends an email to ourselves and waits until a scanner finds it. It works with what is saved. */
export function RoundTrip({ disabled }: { disabled: boolean }) {
  const text = useText();
  const { canReadScanners } = useAllowed();
  const { data: scanners = [] } = useScannersQuery(undefined, { skip: !canReadScanners });
  const [chosen, setChosen] = React.useState<string | null>(null);
  const { state, start, lookAgain } = useRoundTrip();
  if (!canReadScanners) return null;
  const scanner = chosen ?? scanners[0]?.documentId;
  const isBusy = state.kind === 'sending' || state.kind === 'waiting';
  const hint = disabled ? 'outgoing.testSaveFirst' : scanner ? 'roundTrip.hint' : 'roundTrip.noScanner';
  return (
    <Panel title={text('roundTrip.title')} hint={text(hint)}>
      <Flex gap={3} alignItems="flex-end" wrap="wrap">
        {scanners.length > 1 && (
          <Box minWidth="28rem">
            <Field.Root name="roundTripScanner">
              <Field.Label>{text('inbox.scanner')}</Field.Label>
              <SingleSelect value={scanner} onChange={(value: string | number) => setChosen(String(value))} disabled={isBusy}>
                {scanners.map(({ documentId, name }) => (
                  <SingleSelectOption key={documentId} value={documentId}>
                    {name}
                  </SingleSelectOption>
                ))}
              </SingleSelect>
            </Field.Root>
          </Box>
        )}
        <Button
          type="button"
          variant="secondary"
          size="L"
          startIcon={<PaperPlane />}
          disabled={disabled || !scanner}
          loading={isBusy}
          onClick={() => void start(scanner)}
        >
          {text('roundTrip.send')}
        </Button>
      </Flex>
      <Outcome state={state} onLookAgain={lookAgain} />
    </Panel>
  );
}

function Outcome({ state, onLookAgain }: { state: State; onLookAgain(): void }) {
  const text = useText();
  const serverText = useServerText();
  switch (state.kind) {
    case 'waiting':
      return (
        <Notice variant="info" live>
          {text('roundTrip.waiting', { address: state.address })}
        </Notice>
      );
    case 'back':
      return (
        <Notice variant="success" live title={text('roundTrip.back')}>
          {text('roundTrip.backText', { address: state.address })}
        </Notice>
      );
    case 'late':
      return (
        <Notice variant="warning" live title={text('roundTrip.late')}>
          <Typography textColor="neutral800">{text('roundTrip.lateText', { address: state.address })}</Typography>
          <Button type="button" variant="tertiary" onClick={onLookAgain}>
            {text('roundTrip.lookAgain')}
          </Button>
        </Notice>
      );
    case 'failed':
      return (
        <Notice variant="danger" live title={text('roundTrip.failed')}>
          {serverText(state.reason, state.said)}
        </Notice>
      );
    default:
      return null;
  }
}

/** Sends, and looks again and again until the email is there, the time is up or the page is left. */
function useRoundTrip() {
  const { describeError } = useFeedback();
  const [send] = useStartRoundTripMutation();
  const [look] = useLookForRoundTripMutation();
  const [state, setState] = React.useState<State>({ kind: 'none' });
  const isOpen = React.useRef(true);
  React.useEffect(() => {
    isOpen.current = true;
    return () => void (isOpen.current = false);
  }, []);

  const wait = async (until: number) => {
    while (isOpen.current) {
      const answer = await look();
      if ('error' in answer) return setState({ kind: 'failed', reason: describeError(answer.error!) });
      const { address = '', backAt = null } = answer.data ?? {};
      if (backAt) return setState({ kind: 'back', address });
      if (Date.now() >= until) return setState({ kind: 'late', address });
      setState({ kind: 'waiting', address });
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  };
  const start = async (scanner: string) => {
    setState({ kind: 'sending' });
    const answer = await send(scanner);
    if ('error' in answer) return setState({ kind: 'failed', reason: describeError(answer.error!) });
    if (!answer.data.ok) return setState({ kind: 'failed', reason: answer.data.message, said: answer.data.messageSaid });
    await wait(Date.now() + PATIENCE_MS);
  };
  return { state, start, lookAgain: () => void wait(Date.now()) };
}
