import { Field, MultiSelect, MultiSelectOption } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { useParams } from 'react-router-dom';
import { useSaveTeamMutation, useTeamsQuery, type Team, type TeamInput } from '../api/teams';
import { useAssigneesQuery } from '../api/tickets';
import { Panel } from '../shared/components/Panel';
import { RecordFormPage } from '../shared/components/RecordFormPage';
import { Absences } from '../shared/helpdesk/Absences';
import { NameAndColour } from '../shared/helpdesk/NameAndColour';
import { nameOfAgent } from '../shared/helpdesk/names';
import { useText } from '../shared/hooks/useText';

const idsOf = (team: Team | undefined): number[] => team?.agents.map(({ id }) => id) ?? [];

const valuesOf = (team: Team | undefined): TeamInput => ({ name: team?.name ?? '', colour: team?.colour ?? 'grey', agents: idsOf(team) });

/** Name, colour and people of a team. */
export function TeamForm() {
  const { teamId = null } = useParams();
  const list = useTeamsQuery(undefined, { refetchOnMountOrArgChange: true });
  const [saveTeam] = useSaveTeamMutation();
  return (
    <RecordFormPage
      list={list}
      id={teamId}
      add="teams.add"
      subtitle="teams.subtitle"
      valuesOf={valuesOf}
      save={({ name, colour, agents }) => saveTeam({ id: teamId, data: { name, colour, agents } })}
    >
      {({ record: team }) => (
        <>
          <Panel>
            <NameAndColour />
            <Agents known={team?.agents ?? []} />
          </Panel>
          <Absences people={idsOf(team)} />
        </>
      )}
    </RecordFormPage>
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
