import { Box, Flex, Link, Typography, VisuallyHidden } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import { NavLink } from 'react-router-dom';
import { FIRST_STEPS, type FirstStep } from '../../../../shared/vocabulary';
import { useFirstStepsQuery } from '../../api/settings';
import { Notice } from '../../shared/components/Notice';
import { Panel } from '../../shared/components/Panel';
import { EmptyList } from '../../shared/components/RecordTable';
import { useAllowed, type Allowed } from '../../shared/hooks/useAllowed';
import { useText } from '../../shared/hooks/useText';

const SETTINGS = '/settings/mail-scanner';
const REFRESH_MS = 30_000;

interface Place {
  /** Who may open the page. */
  isOpen(allowed: Allowed): boolean;
  /** `scanner`: the first one, if there is one. */
  to(scanner: string | null): string;
}

/** Where each step is done. */
const PLACES: Record<FirstStep, Place> = {
  mailbox: {
    isOpen: ({ canReadScanners }) => canReadScanners,
    to: (scanner) => `${SETTINGS}/scanners/${scanner ?? 'create'}`,
  },
  rules: {
    isOpen: ({ canReadScanners }) => canReadScanners,
    to: (scanner) => `${SETTINGS}/scanners${scanner ? `/${scanner}/rules` : ''}`,
  },
  outgoing: { isOpen: ({ canManageOutgoingMail }) => canManageOutgoingMail, to: () => `${SETTINGS}/outgoing-mail` },
  roundTrip: { isOpen: ({ canManageOutgoingMail }) => canManageOutgoingMail, to: () => `${SETTINGS}/outgoing-mail` },
  active: { isOpen: ({ canReadScanners }) => canReadScanners, to: () => `${SETTINGS}/scanners` },
};

/** Whether somebody sets up anything that the first ticket needs. The server asks for the same permissions. */
export const setsUp = ({ canReadScanners, canManageScanners, canManageOutgoingMail }: Allowed): boolean =>
  canReadScanners || canManageScanners || canManageOutgoingMail;

/** What is still to be done until emails become tickets. It ticks itself. */
export function FirstSteps() {
  const text = useText();
  const allowed = useAllowed();
  const { data, error } = useFirstStepsQuery(undefined, { refetchOnMountOrArgChange: true, pollingInterval: REFRESH_MS });
  if (!data) return error ? <EmptyList text={text('inbox.empty')} /> : null;
  return (
    <Panel title={text('firstSteps.title')} hint={text('firstSteps.hint')}>
      <Flex tag="ol" direction="column" alignItems="stretch" gap={4}>
        {FIRST_STEPS.map((step, index) => {
          const { isOpen, to } = PLACES[step];
          const title = text(`firstSteps.${step}`);
          return (
            <Flex tag="li" key={step} gap={3} alignItems="flex-start">
              <Mark number={index + 1} isDone={data.done[step]} />
              <Box>
                {isOpen(allowed) ? (
                  <Link tag={NavLink} to={to(data.scanner)}>
                    {title}
                  </Link>
                ) : (
                  <Typography fontWeight="bold">{title}</Typography>
                )}
                <Typography tag="p" textColor="neutral600">
                  {text(`firstSteps.${step}Hint`)}
                </Typography>
              </Box>
            </Flex>
          );
        })}
      </Flex>
      {FIRST_STEPS.every((step) => data.done[step]) && <Notice variant="success">{text('firstSteps.allDone')}</Notice>}
    </Panel>
  );
}

/** The number of a step, or its tick. */
function Mark({ number, isDone }: { number: number; isDone: boolean }) {
  const text = useText();
  return (
    <Flex
      flex="none"
      width="2.4rem"
      height="2.4rem"
      justifyContent="center"
      borderRadius="50%"
      background={isDone ? 'success100' : 'neutral100'}
      borderColor={isDone ? 'success200' : 'neutral200'}
    >
      {isDone ? (
        <Check fill="success600" width="1.2rem" height="1.2rem" aria-hidden />
      ) : (
        <Typography variant="pi" textColor="neutral800" aria-hidden>
          {number}
        </Typography>
      )}
      <VisuallyHidden>{text(isDone ? 'firstSteps.done' : 'firstSteps.toDo')}</VisuallyHidden>
    </Flex>
  );
}
