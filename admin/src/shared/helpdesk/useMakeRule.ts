import { useNavigate } from 'react-router-dom';
import { useLazyRuleProposalQuery } from '../../api/rules';
import { useAllowed } from '../hooks/useAllowed';
import { useFeedback } from '../hooks/useFeedback';

/** Opens the editor of rules with one for emails like this: a row of the scan log, or the message of a ticket. `makeRule` is null for whoever may not. */
export function useMakeRule() {
  const navigate = useNavigate();
  const { canManageScanners, canReadScanLog } = useAllowed();
  const { failure } = useFeedback();
  const [propose, { isFetching }] = useLazyRuleProposalQuery();
  const makeRule = async (like: { message: string } | { comment: string }) => {
    const answer = await propose(like);
    if (answer.error || !answer.data) return failure(answer.error!);
    const { scanner, message: row, name, folders, conditions } = answer.data;
    const state = { rule: { name, folders, conditions }, message: row };
    navigate(`/settings/mail-scanner/scanners/${scanner}/rules/create`, { state });
  };
  return { makeRule: canManageScanners && canReadScanLog ? makeRule : null, isFetching };
}
