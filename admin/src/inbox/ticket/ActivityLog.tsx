import * as React from 'react';
import { useIntl } from 'react-intl';
import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { useActivitiesQuery, type Activity } from '../../api/ticketActions';
import { Panel } from '../../shared/components/Panel';
import type { Words } from '../../../../shared/sentences/words';
import { When } from '../../shared/components/When';
import { useServerText } from '../../shared/hooks/useServerText';
import { useText, useTextOr, type Text, type TextKey } from '../../shared/hooks/useText';

const AT_FIRST = 5;
/** As many as the server gives at once. */
const MOST = 100;

/** Who did what to the ticket and when, newest first. */
export function ActivityLog({ ticketId }: { ticketId: string }) {
  const text = useText();
  const describeActivity = useDescribeActivity();
  const [pageSize, setPageSize] = React.useState(AT_FIRST);
  const { data, isFetching } = useActivitiesQuery({ id: ticketId, pageSize });
  const entries = data?.data ?? [];
  const total = data?.meta.pagination.total ?? 0;
  if (total === 0) return null;
  return (
    <Panel title={text('activity.title')}>
      <Flex tag="ol" direction="column" alignItems="stretch" gap={3}>
        {entries.map((entry) => (
          <Box tag="li" key={entry.documentId} style={{ overflowWrap: 'anywhere' }}>
            <Typography tag="p" textColor="neutral800">
              {describeActivity(entry)}
            </Typography>
            <Typography tag="p" variant="pi" textColor="neutral600">
              {actorOf(entry, text)} <When at={entry.createdAt} tag="span" variant="pi" textColor="neutral600" />
            </Typography>
          </Box>
        ))}
      </Flex>
      {total > entries.length && entries.length < MOST && (
        <Box>
          <Button variant="ghost" size="S" loading={isFetching} onClick={() => setPageSize(MOST)}>
            {text('activity.more', { count: Math.min(total, MOST) - entries.length })}
          </Button>
        </Box>
      )}
    </Panel>
  );
}

const actorOf = ({ actorKind, actorName }: Activity, text: Text): string => {
  const key = (
    { api: 'activity.byApi', trigger: 'activity.byTrigger', customer: 'activity.byCustomer' } as Partial<Record<string, TextKey>>
  )[actorKind];
  const name = key ? text(key, { name: actorName ?? '' }) : actorName;
  return name ? `${name} ·` : '';
};

/** An entry as a sentence without its subject, which stands below it. */
function useDescribeActivity(): (entry: Activity) => string {
  const text = useText();
  const textOr = useTextOr();
  const serverText = useServerText();
  const { formatDate } = useIntl();
  return ({ kind, detail }) => {
    const { from, to, reasonSaid, ...more } = (detail ?? {}) as Record<string, string | string[] | boolean | null> & { reasonSaid?: Words };
    if (kind === 'participants') {
      const [joined, left] = [listed(more.added), listed(more.removed)];
      return [joined && text('activity.joined', { people: joined }), left && text('activity.left', { people: left })]
        .filter(Boolean)
        .join(' · ');
    }
    if (kind === 'tags') {
      const [given, taken] = [listed(more.added), listed(more.removed)];
      return [given && text('activity.tagged', { tags: given }), taken && text('activity.untagged', { tags: taken })]
        .filter(Boolean)
        .join(' · ');
    }
    if (kind === 'rated') return text('activity.rated', { score: textOr(`rating.${listed(more.score)}`, listed(more.score)) });
    if (kind === 'snoozed')
      return typeof more.until === 'string'
        ? text('activity.snoozed', { until: formatDate(more.until, { dateStyle: 'medium', timeStyle: 'short' }) })
        : text('activity.snoozedUntilAnswer');
    const describeValue = (value: unknown) =>
      kind === 'status' || kind === 'priority' ? textOr(`inbox.${kind}.${listed(value)}`, listed(value)) : listed(value);
    const values = {
      ...Object.fromEntries(Object.entries(more).map(([name, value]) => [name, listed(value)])),
      from: describeValue(from),
      to: describeValue(to),
      reason: serverText(listed(more.reason), reasonSaid),
    };
    if (kind === 'mailSent' && more.template) {
      const key = listed(more.template);
      return text('activity.mailSentBy', { ...values, name: textOr(`template.name.${key}`, key) });
    }
    if (kind === 'shown') return text(more.isTakenBack ? 'activity.shownNot' : 'activity.shown', values);
    if (kind === 'created' && more.rule) return text('activity.createdByRule', values);
    if ((kind === 'contact' || kind === 'account') && more.isMerge) return text(`activity.${kind}.merged`, values);
    if (isTie(kind) && !values.from) return text(`activity.${kind}.set`, values);
    if (isTie(kind) && !values.to) return text(`activity.${kind}.unset`, values);
    return Object.hasOwn(SENTENCES, kind) ? text(SENTENCES[kind as keyof typeof SENTENCES], values) : kind;
  };
}

/** A ticket may have none of these before a change or after it. */
const TIES = ['assignee', 'team', 'contact', 'account', 'helpdeskStatus'] as const;
const isTie = (kind: string): kind is (typeof TIES)[number] => (TIES as readonly string[]).includes(kind);

const listed = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value ?? ''));

const SENTENCES = {
  created: 'activity.created',
  status: 'activity.status',
  priority: 'activity.priority',
  title: 'activity.title.changed',
  assignee: 'activity.assignee',
  team: 'activity.team',
  contact: 'activity.contact',
  account: 'activity.account',
  helpdeskStatus: 'activity.helpdeskStatus',
  awake: 'activity.awake',
  spam: 'activity.spam',
  noSpam: 'activity.noSpam',
  merged: 'activity.merged',
  mergedFrom: 'activity.mergedFrom',
  splitInto: 'activity.splitInto',
  splitFrom: 'activity.splitFrom',
  mailSent: 'activity.mailSent',
  mailFailed: 'activity.mailFailed',
  mailBounced: 'activity.mailBounced',
  triggered: 'activity.triggered',
  triggerFailed: 'activity.triggerFailed',
} as const;
