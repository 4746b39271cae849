import type { Outcome } from '../../../../shared/vocabulary';
import { Status } from '@strapi/design-system';
import { useText } from '../hooks/useText';
import { StatusWord } from './StatusWord';

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
      <StatusWord variant={VARIANTS[outcome]} ellipsis>
        {text(`outcome.${outcome}`)}
      </StatusWord>
    </Status>
  );
}
