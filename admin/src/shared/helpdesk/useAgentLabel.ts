import { useIntl } from 'react-intl';
import type { Absence } from '../../../../shared/api/absences';
import type { Agent } from '../../api/tickets';
import { useText } from '../hooks/useText';
import { nameOfAgent } from './names';

/** When somebody is absent, in words. */
export function useAbsenceText() {
  const text = useText();
  const { formatDate } = useIntl();
  const isThisYear = (date: string) => Number(date.slice(0, 4)) === new Date().getFullYear();
  const day = (date: string) =>
    formatDate(`${date}T12:00`, { day: 'numeric', month: 'short', year: isThisYear(date) ? undefined : 'numeric' });
  return ({ from, until, isNow }: Absence): string =>
    text(isNow ? 'absence.now' : 'absence.toCome', { from: day(from), until: day(until) });
}

/** A name where somebody is chosen: whoever is absent is marked. */
export function useAgentLabel() {
  const absenceText = useAbsenceText();
  return (agent: Agent): string => (agent.absence ? `${nameOfAgent(agent)} (${absenceText(agent.absence)})` : nameOfAgent(agent));
}
