import * as React from 'react';
import { Box, Flex, Popover, TextInput, Typography } from '@strapi/design-system';
import { Lightning } from '@strapi/icons';
import type { FilledReply } from '../../api/answering';
import { holds, plainWords } from '../../shared/utils/plainWords';
import { useText } from '../../shared/hooks/useText';
import { OptionList } from './OptionList';
import { optionOf } from './slash';
import { IconOnPhone } from '../../shared/components/IconOnPhone';

/** Canned replies behind a button, with a search through names and texts. */
export function CannedReplyMenu({ replies, onPick }: { replies: FilledReply[]; onPick(reply: FilledReply): void }) {
  const text = useText();
  const id = React.useId();
  const [open, setOpen] = React.useState(false);
  const [search, setSearch] = React.useState('');
  const [active, setActive] = React.useState(0);
  const found = replies.map(optionOf).filter(({ name, reply }) => holds(`${name} ${plainWords(reply.html)}`, search));

  const show = (isOpen: boolean) => {
    setOpen(isOpen);
    setSearch('');
    setActive(0);
  };
  const picked = React.useRef(false);
  const pick = (reply: FilledReply) => {
    picked.current = true;
    show(false);
    onPick(reply);
  };
  /** The text has the focus where a reply was put into it, else the button. */
  const giveBack = (event: Event) => {
    if (picked.current) event.preventDefault();
    picked.current = false;
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move !== undefined && found.length > 0) setActive((active + move + found.length) % found.length);
    else if (event.key === 'Enter' && found[active]) pick(found[active].reply);
    else return;
    event.preventDefault();
  };
  return (
    <Popover.Root open={open} onOpenChange={show}>
      <Popover.Trigger>
        <IconOnPhone type="button" variant="tertiary" size="S" startIcon={<Lightning />}>
          {text('canned.title')}
        </IconOnPhone>
      </Popover.Trigger>
      <Popover.Content aria-label={text('canned.title')} align="end" sideOffset={4} onCloseAutoFocus={giveBack}>
        <Flex direction="column" alignItems="stretch" gap={2} padding={2} width="34rem" maxWidth="90vw">
          {replies.length === 0 ? (
            <Box padding={2}>
              <Typography textColor="neutral700">{text('canned.none')}</Typography>
            </Box>
          ) : (
            <>
              <TextInput
                role="combobox"
                aria-expanded
                aria-controls={id}
                aria-activedescendant={found[active] ? `${id}-${active}` : undefined}
                aria-label={text('canned.search')}
                placeholder={text('canned.search')}
                value={search}
                onKeyDown={onKeyDown}
                onChange={(event: React.ChangeEvent<HTMLInputElement>) => {
                  setSearch(event.target.value);
                  setActive(0);
                }}
              />
              {found.length > 0 ? (
                <OptionList id={id} label={text('canned.title')} options={found} active={active} onPick={({ reply }) => pick(reply)} />
              ) : (
                <Typography textColor="neutral700">{text('canned.notFound')}</Typography>
              )}
              <Typography variant="pi" textColor="neutral600">
                {text('canned.slashHint')}
              </Typography>
            </>
          )}
        </Flex>
      </Popover.Content>
    </Popover.Root>
  );
}
