import { Box, Link } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { NavLink } from 'react-router-dom';
import { useText } from '../hooks/useText';

/** The way up, above a page's title. On a phone the settings bring their own. */
export function Back({ to }: { to: string }) {
  const text = useText();
  return (
    <Box display={{ initial: 'none', medium: 'block' }}>
      <Link tag={NavLink} startIcon={<ArrowLeft />} to={to} end>
        {text('common.back')}
      </Link>
    </Box>
  );
}
