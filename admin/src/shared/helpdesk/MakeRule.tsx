import { Button, TextButton } from '@strapi/design-system';
import { Magic } from '@strapi/icons';
import { useNavigate } from 'react-router-dom';
import { useLazyRuleProposalQuery } from '../../api/rules';
import { useAllowed } from '../hooks/useAllowed';
import { useFeedback } from '../hooks/useFeedback';
import { useText } from '../hooks/useText';

/** Opens the editor of rules with one for emails like this: a row of the scan log, or the message of a ticket. */
export function MakeRule({ message, comment }: { message?: string; comment?: string }) {
  const text = useText();
  const navigate = useNavigate();
  const { canManageScanners, canReadScanLog } = useAllowed();
  const { failure } = useFeedback();
  const [propose, { isFetching }] = useLazyRuleProposalQuery();
  if (!canManageScanners || !canReadScanLog) return null;
  const open = async () => {
    const answer = await propose(message ? { message } : { comment });
    if (answer.error || !answer.data) return failure(answer.error!);
    const { scanner, message: row, name, folders, conditions } = answer.data;
    const state = { rule: { name, folders, conditions }, message: row };
    navigate(`/settings/mail-scanner/scanners/${scanner}/rules/create`, { state });
  };
  return comment ? (
    // As what else can be done with the message.
    <TextButton loading={isFetching} onClick={open}>
      {text('rules.makeFrom')}
    </TextButton>
  ) : (
    <Button type="button" variant="secondary" startIcon={<Magic />} loading={isFetching} onClick={open}>
      {text('rules.makeFrom')}
    </Button>
  );
}
