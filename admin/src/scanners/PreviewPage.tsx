import * as React from 'react';
import { Accordion, Box, Button, Field, Flex, NumberInput, Tabs, Textarea, Typography } from '@strapi/design-system';
import { Eye } from '@strapi/icons';
import { Page } from '@strapi/strapi/admin';
import { useParams } from 'react-router-dom';
import { TabList } from '../shared/components/TabList';
import { usePreviewMutation, useScannerQuery, type PreviewedMessage } from '../api/scanners';
import { ContentPage } from '../shared/components/ContentPage';
import { Notice } from '../shared/components/Notice';
import { Panel } from '../shared/components/Panel';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useText } from '../shared/hooks/useText';
import { PreviewedMessageDetails } from '../shared/components/PreviewedMessageDetails';

/** What a scan would do with the newest messages, or with one that is pasted. Nothing changes. */
export function PreviewPage() {
  const text = useText();
  const { scannerId = '' } = useParams();
  const { describeError } = useFeedback();
  const { canRunScanners, isLoading: isAsking } = useAllowed();
  const { data: scanner, isLoading, error: notFound } = useScannerQuery(scannerId);
  const [preview, { data: messages, isLoading: isRunning, error }] = usePreviewMutation();
  const [limit, setLimit] = React.useState<number | undefined>(10);
  const [source, setSource] = React.useState('');

  if (isLoading || isAsking) return <Page.Loading />;
  if (notFound || !scanner) return <Page.Error />;
  if (!canRunScanners) return <Page.NoPermissions />;
  return (
    <ContentPage title={text('preview.title', { name: scanner.name })} subtitle={text('preview.subtitle')} back="../..">
      <Flex direction="column" alignItems="stretch" gap={6}>
        <Panel>
          <Tabs.Root defaultValue="newest" variant="simple">
            <TabList aria-label={text('preview.what')}>
              <Tabs.Trigger value="newest">{text('preview.newest')}</Tabs.Trigger>
              <Tabs.Trigger value="source">{text('preview.source')}</Tabs.Trigger>
            </TabList>
            <Tabs.Content value="newest">
              <Flex direction="column" alignItems="stretch" gap={4} paddingTop={5}>
                <Box maxWidth="24rem">
                  <Field.Root name="limit" hint={text('preview.limitHint')}>
                    <Field.Label>{text('preview.limit')}</Field.Label>
                    <NumberInput value={limit} onValueChange={(value: number | undefined) => setLimit(value)} />
                    <Field.Hint />
                  </Field.Root>
                </Box>
                <Flex>
                  <Button startIcon={<Eye />} loading={isRunning} onClick={() => preview({ id: scannerId, limit })}>
                    {text('preview.run')}
                  </Button>
                </Flex>
              </Flex>
            </Tabs.Content>
            <Tabs.Content value="source">
              <Flex direction="column" alignItems="stretch" gap={4} paddingTop={5}>
                <Field.Root name="source" hint={text('preview.sourceHint')}>
                  <Field.Label>{text('preview.sourceLabel')}</Field.Label>
                  <Textarea
                    value={source}
                    onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => setSource(event.target.value)}
                    style={{ fontFamily: 'monospace' }}
                  />
                  <Field.Hint />
                </Field.Root>
                <Flex>
                  <Button
                    startIcon={<Eye />}
                    loading={isRunning}
                    disabled={source.trim() === ''}
                    onClick={() => preview({ id: scannerId, source })}
                  >
                    {text('preview.run')}
                  </Button>
                </Flex>
              </Flex>
            </Tabs.Content>
          </Tabs.Root>
        </Panel>
        {error && !isRunning && (
          <Notice variant="danger" live title={text('preview.failed')}>
            {describeError(error)}
          </Notice>
        )}
        {messages && !isRunning && !error && <Messages messages={messages} />}
      </Flex>
    </ContentPage>
  );
}

function Messages({ messages }: { messages: PreviewedMessage[] }) {
  const text = useText();
  if (messages.length === 0) return <Notice variant="info">{text('preview.none')}</Notice>;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Typography role="status">{text('preview.unchanged', { count: messages.length })}</Typography>
      <Accordion.Root size="M">
        {messages.map((message, index) => (
          <Accordion.Item key={index} value={`message-${index}`}>
            <Accordion.Header>
              <Accordion.Trigger description={`${message.from} · ${message.rule?.name ?? text(`outcome.${message.outcome}`)}`}>
                {message.subject || text('common.noSubject')}
              </Accordion.Trigger>
            </Accordion.Header>
            <Accordion.Content>
              <PreviewedMessageDetails message={message} />
            </Accordion.Content>
          </Accordion.Item>
        ))}
      </Accordion.Root>
    </Flex>
  );
}
