import { Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { Problem, SiteHealth } from '../api/operations';
import { Notice } from '../shared/components/Notice';
import { useServerText } from '../shared/hooks/useServerText';
import { useText, type TextKey } from '../shared/hooks/useText';

const LOOKS = { ok: 'success', warning: 'warning', failing: 'danger' } as const;

/** The health of the site in one sentence, and what to do about it. */
export function ProblemNotice({ health: { status, problems, scanners, outbox } }: { health: SiteHealth }) {
  const text = useText();
  // Where nothing is done, nothing goes wrong, and still nothing is well.
  const undone: TextKey[] = [];
  if (scanners.length === 0) undone.push('health.nothingScanned');
  if (!outbox.isSetUp) undone.push('health.nothingSent');
  // Failing, but not for long enough to be a problem.
  const isShaky = status === 'ok' && scanners.some(({ state }) => state === 'failing');
  const look = status === 'ok' && (isShaky || undone.length > 0) ? 'warning' : status;
  return (
    <Notice variant={LOOKS[look]} title={text(`health.${look}`)} live>
      {problems.length + undone.length === 0 ? (
        text(isShaky ? 'health.notYet' : 'health.okText')
      ) : (
        <Flex tag="ul" direction="column" alignItems="stretch" gap={2}>
          {undone.map((key) => (
            <Typography key={key} tag="li" textColor="neutral800">
              {text(key)}
            </Typography>
          ))}
          {problems.map((problem) => (
            <ProblemLine key={problem.key} problem={problem} />
          ))}
        </Flex>
      )}
    </Notice>
  );
}

function ProblemLine({ problem: { kind, since, scanner, count, reason, reasonSaid } }: { problem: Problem }) {
  const text = useText();
  const serverText = useServerText();
  const { formatDate } = useIntl();
  const values = { name: scanner?.name ?? '', count, since: formatDate(since, { dateStyle: 'medium', timeStyle: 'short' }) };
  return (
    <Flex tag="li" direction="column" alignItems="stretch">
      <Typography textColor="neutral800">{text(`health.${kind}`, values)}</Typography>
      {reason && (
        <Typography variant="pi" textColor="neutral600">
          {serverText(reason, reasonSaid)}
        </Typography>
      )}
    </Flex>
  );
}
