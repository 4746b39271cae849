import { Field, MultiSelect, MultiSelectOption } from '@strapi/design-system';
import { Page, useField, type FormHelpers } from '@strapi/strapi/admin';
import { useNavigate, useParams } from 'react-router-dom';
import { useSaveTeamMutation, useTeamsQuery, type Team, type TeamInput } from '../inbox/api/teams';
import { useAssigneesQuery } from '../inbox/api/tickets';
import { FormPage } from '../shared/components/FormPage';
import { Panel } from '../shared/components/Panel';
import { Absences } from '../shared/helpdesk/Absences';
import { NameAndColour } from '../shared/helpdesk/NameAndColour';
import { nameOfAgent } from '../shared/helpdesk/names';
import { useSave } from '../shared/hooks/useSave';
import { useText } from '../shared/hooks/useText';

/** Name, colour and people of a team. */
export function TeamForm() {
  const text = useText();
  const navigate = useNavigate();
  const { teamId = null } = useParams();
  const save = useSave();
  const { data: teams, isLoading, error } = useTeamsQuery(undefined, { refetchOnMountOrArgChange: true });
  const [saveTeam] = useSaveTeamMutation();
  const team = teams?.find(({ documentId }) => documentId === teamId);
  if (isLoading) return <Page.Loading />;
  if (error || (teamId !== null && !team)) return <Page.Error />;

  const submit = async ({ name, colour, agents }: TeamInput, helpers: FormHelpers<TeamInput>) => {
    const data = { name, colour, agents };
    const saved = await save(saveTeam({ id: teamId, data }), helpers, () => ({ values: data, message: text('common.saved', { name }) }));
    if (saved) navigate('..');
  };

  return (
    <FormPage<TeamInput>
      title={team?.name ?? text('teams.add')}
      subtitle={text('teams.subtitle')}
      back=".."
      isNew={teamId === null}
      initialValues={{ name: team?.name ?? '', colour: team?.colour ?? 'grey', agents: team?.agents.map(({ id }) => id) ?? [] }}
      onSave={submit}
    >
      {() => (
        <>
          <Panel>
            <NameAndColour />
            <Agents known={team?.agents ?? []} />
          </Panel>
          <Absences people={team?.agents.map(({ id }) => id) ?? []} />
        </>
      )}
    </FormPage>
  );
}

/** `known`: those of the team; some may not be able to sign in any more. */
function Agents({ known }: { known: Team['agents'] }) {
  const text = useText();
  const { value = [], onChange, error } = useField<number[]>('agents');
  const { data = [] } = useAssigneesQuery();
  const agents = [...data, ...known.filter(({ id }) => !data.some((agent) => agent.id === id))];
  return (
    <Field.Root name="agents" error={error} hint={text('teams.agentsHint')}>
      <Field.Label>{text('teams.agents')}</Field.Label>
      <MultiSelect
        placeholder={text('ticketAction.chooseUser')}
        value={value.map(String)}
        customizeContent={(chosen = []) =>
          agents
            .filter(({ id }) => chosen.includes(String(id)))
            .map(nameOfAgent)
            .join(', ')
        }
        onChange={(chosen: string[]) => onChange('agents', chosen.map(Number))}
      >
        {agents.map((agent) => (
          <MultiSelectOption key={agent.id} value={String(agent.id)}>
            {nameOfAgent(agent)}
          </MultiSelectOption>
        ))}
      </MultiSelect>
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}
