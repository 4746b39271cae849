import { Page, type FormHelpers } from '@strapi/strapi/admin';
import { useNavigate, useParams } from 'react-router-dom';
import { STATUS, STATUSES } from '../../../shared/vocabulary';
import { useSaveStatusMutation, useStatusesQuery, type OwnStatusInput } from '../shared/api/ticketStatuses';
import { Choice } from '../shared/components/Choice';
import { FormPage } from '../shared/components/FormPage';
import { OnOff } from '../shared/components/OnOff';
import { Panel } from '../shared/components/Panel';
import { NameAndColour } from '../shared/helpdesk/NameAndColour';
import { useSave } from '../shared/hooks/useSave';
import { useText } from '../shared/hooks/useText';

/** Name and colour of a status, what it means, and whether tickets get it. */
export function StatusForm() {
  const text = useText();
  const navigate = useNavigate();
  const { statusId = null } = useParams();
  const save = useSave();
  const { data, isLoading, error } = useStatusesQuery(undefined, { refetchOnMountOrArgChange: true });
  const [saveStatus] = useSaveStatusMutation();
  const status = data?.find(({ documentId }) => documentId === statusId);
  if (isLoading) return <Page.Loading />;
  if (error || (statusId !== null && !status)) return <Page.Error />;

  const submit = async (values: OwnStatusInput, helpers: FormHelpers<OwnStatusInput>) => {
    const saved = await save(saveStatus({ id: statusId, data: values }), helpers, ({ name }) => ({
      values,
      message: text('common.saved', { name }),
    }));
    if (saved) navigate('..');
  };

  return (
    <FormPage<OwnStatusInput>
      title={status?.name ?? text('statuses.add')}
      subtitle={text('statuses.subtitle')}
      back=".."
      isNew={statusId === null}
      initialValues={{
        name: status?.name ?? '',
        colour: status?.colour ?? 'grey',
        kind: status?.kind ?? STATUS.waiting,
        active: status?.active ?? true,
      }}
      onSave={submit}
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
    </FormPage>
  );
}
