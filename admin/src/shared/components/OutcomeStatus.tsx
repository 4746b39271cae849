import type { Outcome } from '../../../../shared/vocabulary';
import { Status, Typography } from '@strapi/design-system';
import { useText } from '../hooks/useText';

const VARIANTS: Record<Outcome, 'success' | 'secondary' | 'alternative' | 'warning' | 'danger'> = {
  processed: 'success',
  noMatch: 'secondary',
  duplicate: 'secondary',
  bounce: 'warning',
  blocked: 'secondary',
  failed: 'danger',
  quarantined: 'danger',
  skipped: 'secondary',
};

/** What became of a message. */
export function OutcomeStatus({ outcome }: { outcome: Outcome }) {
  const text = useText();
  return (
    <Status variant={VARIANTS[outcome]} size="S" width="fit-content">
      <Typography tag="span" variant="omega" fontWeight="bold" ellipsis>
        {text(`outcome.${outcome}`)}
      </Typography>
    </Status>
  );
}
