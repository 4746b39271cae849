import { Typography } from '@strapi/design-system';
import { useDebounce } from '@strapi/strapi/admin';
import { useBlockedQuery } from '../block-list/api/blockList';
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
        <Typography variant="pi" textColor="warning700" style={{ overflowWrap: 'anywhere' }}>
          {text('spam.answersBlocked', { people: blocked.join(', ') })}
        </Typography>
      )}
    </div>
  );
}
