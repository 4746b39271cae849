import * as React from 'react';
import { Box, Button, Flex, type BoxProps } from '@strapi/design-system';
import { ArrowRight, Lock, PaperPlane } from '@strapi/icons';
import { useText } from '../../shared/hooks/useText';

interface WritingBoxProps extends Omit<BoxProps<'section'>, 'tag' | 'gap'> {
  isPublic: boolean;
  /** Without it, internal notes are all that can be written. */
  canReply: boolean;
  /** What a public message is called here. */
  publicLabel: string;
  onKind(isPublic: boolean): void;
  /** Messages are forwarded to people outside. */
  isForward?: boolean;
  /** Left out where nothing can be. */
  onForward?(): void;
  gap: 3 | 4;
  children: React.ReactNode;
}

/** Where a message is written. Whether it is public or internal can be seen before reading a word. */
export const WritingBox = React.forwardRef<HTMLElement, WritingBoxProps>(function WritingBox(
  { isPublic, canReply, publicLabel, onKind, isForward = false, onForward, gap, children, ...box },
  ref,
) {
  return (
    <Box
      ref={ref}
      tag="section"
      data-kind={isForward ? 'forward' : isPublic ? 'public' : 'internal'}
      background={isPublic || isForward ? 'neutral0' : 'warning100'}
      borderColor={isForward ? 'secondary500' : isPublic ? 'primary600' : 'warning500'}
      borderStyle={isPublic ? 'solid' : 'dashed'}
      borderWidth="2px"
      hasRadius
      padding={4}
      {...box}
    >
      <Flex direction="column" alignItems="stretch" gap={gap}>
        <KindButtons {...{ isPublic, canReply, publicLabel, onKind, isForward, onForward }} />
        {children}
      </Flex>
    </Box>
  );
});

function KindButtons({
  isPublic,
  canReply,
  publicLabel,
  onKind,
  isForward,
  onForward,
}: Pick<WritingBoxProps, 'isPublic' | 'canReply' | 'publicLabel' | 'onKind' | 'isForward' | 'onForward'>) {
  const text = useText();
  return (
    <Flex gap={2} wrap="wrap" role="group" aria-label={text('inbox.who')}>
      {canReply && (
        <Button
          size="S"
          variant={isPublic ? 'default' : 'tertiary'}
          aria-pressed={isPublic}
          startIcon={<PaperPlane />}
          onClick={() => onKind(true)}
        >
          {publicLabel}
        </Button>
      )}
      <Button
        size="S"
        variant={isPublic || isForward ? 'tertiary' : 'secondary'}
        aria-pressed={!isPublic && !isForward}
        startIcon={<Lock />}
        onClick={() => onKind(false)}
      >
        {text('inbox.note')}
      </Button>
      {onForward && (
        <Button
          size="S"
          variant={isForward ? 'secondary' : 'tertiary'}
          aria-pressed={isForward}
          startIcon={<ArrowRight />}
          onClick={onForward}
        >
          {text('forward.action')}
        </Button>
      )}
    </Flex>
  );
}
