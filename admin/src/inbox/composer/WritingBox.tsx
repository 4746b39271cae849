import * as React from 'react';
import { Box, Button, Flex, type BoxProps } from '@strapi/design-system';
import { Lock, PaperPlane } from '@strapi/icons';
import { useText } from '../../shared/hooks/useText';

interface WritingBoxProps extends Omit<BoxProps<'section'>, 'tag' | 'gap'> {
  isPublic: boolean;
  /** Without it, internal notes are all that can be written. */
  canReply: boolean;
  /** What a public message is called here. */
  publicLabel: string;
  onKind(isPublic: boolean): void;
  gap: 3 | 4;
  children: React.ReactNode;
}

/** Where a message is written. Whether it is public or internal can be seen before reading a word. */
export const WritingBox = React.forwardRef<HTMLElement, WritingBoxProps>(function WritingBox(
  { isPublic, canReply, publicLabel, onKind, gap, children, ...box },
  ref,
) {
  return (
    <Box
      ref={ref}
      tag="section"
      data-kind={isPublic ? 'public' : 'internal'}
      background={isPublic ? 'neutral0' : 'warning100'}
      borderColor={isPublic ? 'primary600' : 'warning500'}
      borderStyle={isPublic ? 'solid' : 'dashed'}
      borderWidth="2px"
      hasRadius
      padding={4}
      {...box}
    >
      <Flex direction="column" alignItems="stretch" gap={gap}>
        <KindButtons isPublic={isPublic} canReply={canReply} publicLabel={publicLabel} onKind={onKind} />
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
}: Pick<WritingBoxProps, 'isPublic' | 'canReply' | 'publicLabel' | 'onKind'>) {
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
        variant={isPublic ? 'tertiary' : 'secondary'}
        aria-pressed={!isPublic}
        startIcon={<Lock />}
        onClick={() => onKind(false)}
      >
        {text('inbox.note')}
      </Button>
    </Flex>
  );
}
