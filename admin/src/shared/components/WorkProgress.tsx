import { Box, Flex, Typography } from '@strapi/design-system';
import type { Work } from '../../api/work';
import { useText, type Text } from '../hooks/useText';

/** How far work is, as a bar and in numbers. */
export function WorkProgress({ work, label, size = 'M' }: { work: Work; label: string; size?: 'S' | 'M' }) {
  const text = useText();
  const { done, total } = work;
  const percent = total ? Math.min(100, Math.round((100 * done) / total)) : null;
  return (
    <Flex direction="column" alignItems="stretch" gap={2} width="100%">
      {/* The bar of the design system does not tell screen readers how far it is. */}
      <Box
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent ?? undefined}
        aria-valuetext={wordsOf(text, work)}
        background="neutral200"
        height={size === 'S' ? '0.4rem' : '0.8rem'}
        overflow="hidden"
        hasRadius
      >
        <Box background="primary600" height="100%" style={{ width: `${percent ?? 0}%` }} />
      </Box>
      <Flex justifyContent="space-between" gap={3} wrap="wrap">
        <Typography variant="pi" textColor="neutral800">
          {wordsOf(text, work)}
        </Typography>
        {total !== null && (
          <Typography variant="pi" textColor="neutral600">
            {text('work.left', { left: Math.max(0, total - done) })}
          </Typography>
        )}
      </Flex>
    </Flex>
  );
}

function wordsOf(text: Text, { done, total, folder }: Work): string {
  if (total === null) return text('work.counting');
  const progress = text('work.progress', { done, total });
  return folder ? `${progress} · ${text('work.folder', folder)}` : progress;
}
