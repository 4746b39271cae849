import { LinkButton } from '@strapi/design-system';
import { Bell as BellIcon } from '@strapi/icons';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import { PLACE_OF_NOTICES } from '../../shared/helpdesk/places';
import { useText } from '../../shared/hooks/useText';
import { useNews } from './useNews';

/** On each page of the helpdesk: how much there is that one has not read, and the way to it. */
export function Bell() {
  const text = useText();
  const unread = useNews();
  const shown = unread > 99 ? '99+' : String(unread);
  return (
    <Top>
      <Corner>
        <LinkButton
          tag={Link}
          to={PLACE_OF_NOTICES}
          size="S"
          variant={unread > 0 ? 'secondary' : 'tertiary'}
          startIcon={<BellIcon aria-hidden />}
          aria-label={text('notices.bell', { count: shown })}
        >
          {shown}
        </LinkButton>
      </Corner>
    </Top>
  );
}

/** Scrolls away with the page, instead of covering its buttons. */
const Top = styled.div`
  position: relative;
`;

/** Above the title of the page: where the header is empty there or, on a phone, in a line of its own. */
const Corner = styled.div`
  display: flex;
  justify-content: flex-end;
  padding: 0.8rem 1.6rem 0;

  ${({ theme }) => theme.breakpoints.large} {
    position: absolute;
    z-index: 2;
    inset-block-start: 0.6rem;
    inset-inline-end: 5.6rem;
    padding: 0;
  }
`;
