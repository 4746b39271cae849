import { Notice } from '../../shared/components/Notice';
import { useText, type TextKey } from '../../shared/hooks/useText';
import type { NamingFilter } from '../../api/savedViews';
import { useSavedView } from './useSavedView';

const NAMES: Record<NamingFilter, TextKey> = {
  assignee: 'inbox.assignee',
  contact: 'inbox.contact',
  account: 'inbox.account',
  scanner: 'inbox.scanner',
  tag: 'tags.tag',
  status: 'inbox.status',
  team: 'teams.team',
};

/** Says that the view which is open asks for what was removed, and so finds no ticket. */
export function MissingInView() {
  const text = useText();
  const { current, filters } = useSavedView();
  const missing = current?.missing.filter((name) => filters[name] === current.filters[name]) ?? [];
  if (missing.length === 0) return null;
  return (
    <Notice variant="warning" live>
      {text('savedViews.missing', { what: missing.map((name) => text(NAMES[name])).join(', ') })}
    </Notice>
  );
}
