import * as React from 'react';
import { Button, Field, Flex, TextInput } from '@strapi/design-system';
import { PaperPlane } from '@strapi/icons';
import { useAuth } from '@strapi/strapi/admin';
import { useSendTestEmailMutation } from '../api/settings';
import { Notice } from '../shared/components/Notice';
import { Panel } from '../shared/components/Panel';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useServerText } from '../shared/hooks/useServerText';
import { useText } from '../shared/hooks/useText';

/** Sends with what is saved, so it waits for that. */
export function TestEmail({ disabled }: { disabled: boolean }) {
  const text = useText();
  const { describeFieldError } = useFeedback();
  const serverText = useServerText();
  const [to, setTo] = React.useState(useAuth('TestEmail', ({ user }) => user?.email) ?? '');
  const [send, { data: result, error, isLoading, reset }] = useSendTestEmailMutation();
  return (
    <Panel title={text('outgoing.test')} hint={text(disabled ? 'outgoing.testSaveFirst' : 'outgoing.testHint')}>
      <Flex gap={3} alignItems="flex-end" wrap="wrap">
        <Field.Root name="testTo" minWidth="28rem" error={error && describeFieldError(error)}>
          <Field.Label>{text('outgoing.testTo')}</Field.Label>
          <TextInput
            type="email"
            value={to}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) => {
              setTo(event.target.value);
              reset();
            }}
          />
          <Field.Error />
        </Field.Root>
        <Button
          type="button"
          variant="secondary"
          size="L"
          startIcon={<PaperPlane />}
          disabled={disabled || to.trim() === ''}
          loading={isLoading}
          onClick={() => void send(to)}
        >
          {text('outgoing.send')}
        </Button>
      </Flex>
      {result && !isLoading && (
        <Notice variant={result.ok ? 'success' : 'danger'} live title={text(result.ok ? 'outgoing.sent' : 'outgoing.notSent')}>
          {serverText(result.message, result.messageSaid)}
        </Notice>
      )}
    </Panel>
  );
}
