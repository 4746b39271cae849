import * as React from 'react';
import { IconButton, Menu } from '@strapi/design-system';
import { More } from '@strapi/icons';
import type { Comment } from '../../api/tickets';
import { useMakeRule } from '../../shared/helpdesk/useMakeRule';
import { useText, type TextKey } from '../../shared/hooks/useText';
import { useDownloadSource } from './useDownloadSource';
import { MenuContent } from '../../shared/components/OpenMenu';

interface MessageMenuProps {
  comment: Comment;
  onForward?(comment: Comment): void;
  onSplit?(comment: Comment): void;
}

/** What is done with a message and not every day. */
export function MessageMenu({ comment, onForward, onSplit }: MessageMenuProps) {
  const text = useText();
  const download = useDownloadSource();
  const { makeRule, isFetching } = useMakeRule();
  const { documentId, source, isOutgoing, hasSource } = comment;
  const isTheirs = source === 'email' && !isOutgoing;
  const entries: [label: TextKey, run: false | undefined | (() => void)][] = [
    ['forward.action', onForward && (() => onForward(comment))],
    ['ticket.splitAction', onSplit && (() => onSplit(comment))],
    ['rules.makeFrom', isTheirs && makeRule !== null && (() => void makeRule({ comment: documentId }))],
    ['mail.source', source === 'email' && hasSource && (() => void download(documentId))],
  ];
  const shown = entries.filter(([, run]) => run);
  /** The menu gives the focus back to its button first: what is begun here takes it from there. */
  const begin = (run: () => void) => setTimeout(run);
  if (shown.length === 0) return null;
  return (
    <Menu.Root>
      <Menu.Trigger tag={IconButton} variant="ghost" size="S" icon={<More />} label={text('inbox.messageMenu')} disabled={isFetching} />
      <MenuContent popoverPlacement="bottom-end">
        {shown.map(([label, run]) => (
          <Menu.Item key={label} onSelect={() => begin(run as () => void)}>
            {text(label)}
          </Menu.Item>
        ))}
      </MenuContent>
    </Menu.Root>
  );
}
