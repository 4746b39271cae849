import { useParams } from 'react-router-dom';
import { STATUS, STATUSES } from '../../../shared/vocabulary';
import { useSaveStatusMutation, useStatusesQuery, type OwnStatusInput, type KeptStatus } from '../api/ticketStatuses';
import { Choice } from '../shared/components/Choice';
import { OnOff } from '../shared/components/OnOff';
import { Panel } from '../shared/components/Panel';
import { RecordFormPage } from '../shared/components/RecordFormPage';
import { NameAndColour } from '../shared/helpdesk/NameAndColour';
import { useText } from '../shared/hooks/useText';

const valuesOf = (status: KeptStatus | undefined): OwnStatusInput => ({
  name: status?.name ?? '',
  colour: status?.colour ?? 'grey',
  kind: status?.kind ?? STATUS.waiting,
  active: status?.active ?? true,
});

/** Name and colour of a status, what it means, and whether tickets get it. */
export function StatusForm() {
  const text = useText();
  const { statusId = null } = useParams();
  const list = useStatusesQuery(undefined, { refetchOnMountOrArgChange: true });
  const [saveStatus] = useSaveStatusMutation();
  return (
    <RecordFormPage
      list={list}
      id={statusId}
      add="statuses.add"
      subtitle="statuses.subtitle"
      valuesOf={valuesOf}
      save={(data) => saveStatus({ id: statusId, data })}
    >
      {() => (
        <Panel>
          <NameAndColour />
          <Choice
            name="kind"
            label={text('statuses.kind')}
            hint={text('statuses.kindHint')}
            disabled={statusId !== null}
            options={STATUSES.map((value) => ({ value, label: text(`inbox.status.${value}`) }))}
          />
          <OnOff name="active" label={text('scanners.active')} hint={text('statuses.activeHint')} />
        </Panel>
      )}
    </RecordFormPage>
  );
}
