import { Flex, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { useDebounce } from '@strapi/strapi/admin';
import { useBlockedQuery } from '../api/blockList';
import { useText } from '../shared/hooks/useText';

/** Says of addresses that somebody chose or typed that their mail is not let in: an answer would never be seen. */
export function BlockedNote({ addresses }: { addresses: string[] }) {
  const text = useText();
  // As one text: a list is another one with each letter that is typed elsewhere.
  const asked = useDebounce(addresses.filter((address) => address.includes('@')).join('\n'), 300);
  const { currentData: blocked = [] } = useBlockedQuery(asked.split('\n'), { skip: asked === '' });
  return (
    <div role="status">
      {asked !== '' && blocked.length > 0 && (
        <Flex gap={2} alignItems="flex-start">
          <WarningCircle aria-hidden fill="warning600" style={{ flex: 'none' }} />
          <Typography variant="pi" textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
            {text('spam.answersBlocked', { people: blocked.join(', ') })}
          </Typography>
        </Flex>
      )}
    </div>
  );
}
