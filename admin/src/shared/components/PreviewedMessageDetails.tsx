import * as React from 'react';
import { Box, Flex, Grid, Typography } from '@strapi/design-system';
import type { PreviewedMessage } from '../../api/scanners';
import { Cell } from './Cell';
import { Notice } from './Notice';
import { OutcomeStatus } from './OutcomeStatus';
import { TraceTree } from './TraceTree';
import { When } from './When';
import { useServerText } from '../hooks/useServerText';
import { useText, useTextOr } from '../hooks/useText';

/** Which rule would take a message, why, and what each action would do. */
export function PreviewedMessageDetails({ message }: { message: PreviewedMessage }) {
  const text = useText();
  const textOr = useTextOr();
  const serverText = useServerText();
  const { ticket } = message;
  return (
    <Box padding={{ initial: 4, medium: 6 }}>
      <Flex direction="column" alignItems="stretch" gap={5}>
        <Flex gap={4} wrap="wrap">
          <OutcomeStatus outcome={message.outcome} />
          <When at={message.receivedAt} />
          <Typography>{text('preview.folder', { folder: message.folder })}</Typography>
        </Flex>
        {message.reason && <Typography>{serverText(message.reason, message.reasonSaid)}</Typography>}
        {message.warnings.map((warning, index) => (
          <Notice key={warning} variant="warning">
            {serverText(warning, message.warningsSaid[index])}
          </Notice>
        ))}
        <Grid.Root gap={6}>
          <Cell>
            <Part title={text('preview.actions')}>
              {message.actions.length === 0 && <Typography textColor="neutral600">{text('preview.noActions')}</Typography>}
              <ol>
                {message.actions.map(({ type, description }, index) => (
                  <li key={index}>
                    <Typography>{`${index + 1}. ${textOr(`actionWords.${type}`, description)}`}</Typography>
                  </li>
                ))}
              </ol>
            </Part>
            {ticket && (
              <Part title={text('preview.ticket')}>
                <Typography>
                  {ticket.isNew ? text('preview.newTicket', { title: ticket.title }) : `${ticket.ticketNumber} · ${ticket.title}`}
                </Typography>
                {!ticket.isNew && ticket.matchedBy && (
                  <Typography textColor="neutral600">{textOr(`matchedBy.${ticket.matchedBy}`, ticket.matchedBy)}</Typography>
                )}
              </Part>
            )}
            {message.effects.length > 0 && (
              <Part title={text('preview.effects')}>
                {message.effects.map(({ type, folder }, index) => (
                  <Typography key={index} tag="p">
                    {folder ? text('effect.move', { folder }) : textOr(`effect.${type}`, type)}
                  </Typography>
                ))}
              </Part>
            )}
          </Cell>
          <Cell>
            <Part title={text('trace.title')}>
              <TraceTree trace={message.trace} />
            </Part>
          </Cell>
        </Grid.Root>
        {message.visibleText && (
          <Part title={text('preview.text')}>
            <Typography tag="p" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {message.visibleText}
            </Typography>
          </Part>
        )}
      </Flex>
    </Box>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Box paddingBottom={4}>
      <Typography variant="sigma" textColor="neutral600" tag="h3">
        {title}
      </Typography>
      <Box paddingTop={2}>{children}</Box>
    </Box>
  );
}
