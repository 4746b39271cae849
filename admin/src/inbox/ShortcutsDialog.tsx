import { Box, IconButton, Typography } from '@strapi/design-system';
import { Question } from '@strapi/icons';
import { styled } from 'styled-components';
import { ModalDialog } from '../shared/components/ModalDialog';
import { useText, type TextKey } from '../shared/hooks/useText';

const SHORTCUTS: [keys: string, meaning: TextKey][] = [
  ['j / k', 'inbox.keys.next'],
  ['Enter', 'inbox.keys.open'],
  ['x', 'inbox.keys.select'],
  ['/', 'inbox.keys.search'],
  ['r', 'inbox.keys.reply'],
  ['n', 'inbox.keys.note'],
  ['f', 'inbox.keys.forward'],
  ['e', 'inbox.keys.close'],
  ['b', 'inbox.keys.snooze'],
  ['!', 'spam.mark'],
  ['u', 'inbox.keys.back'],
  ['Ctrl + Enter', 'inbox.keys.send'],
  ['Ctrl + Shift + Enter', 'inbox.keys.sendAndClose'],
  ['?', 'inbox.keys.help'],
];

/** Shows what the keys do. A phone has none. */
export function ShortcutsButton({ onClick }: { onClick(): void }) {
  const text = useText();
  return (
    <WideOnly>
      <IconButton label={text('inbox.keys.title')} onClick={onClick}>
        <Question />
      </IconButton>
    </WideOnly>
  );
}

const WideOnly = styled.div`
  display: none;

  ${({ theme }) => theme.breakpoints.medium} {
    display: block;
  }
`;

export function ShortcutsDialog({ onClose }: { onClose(): void }) {
  const text = useText();
  return (
    <ModalDialog title={text('inbox.keys.title')} onClose={onClose} wayOut="none">
      <Keys>
        {SHORTCUTS.map(([keys, meaning]) => (
          <Box key={keys} tag="div">
            <dt>
              <Typography tag="kbd" fontWeight="bold" textColor="neutral800">
                {keys}
              </Typography>
            </dt>
            <dd>
              <Typography textColor="neutral800">{text(meaning)}</Typography>
            </dd>
          </Box>
        ))}
      </Keys>
    </ModalDialog>
  );
}

const Keys = styled.dl`
  div {
    display: grid;
    grid-template-columns: 18rem 1fr;
    padding: 0.6rem 0;
  }
`;
