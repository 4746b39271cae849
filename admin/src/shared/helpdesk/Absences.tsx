import * as React from 'react';
import { Button, Field, Flex, TextInput, Typography } from '@strapi/design-system';
import { useAssigneesQuery, useSetAbsenceMutation, type Agent } from '../../api/tickets';
import { ModalDialog } from '../components/ModalDialog';
import { Panel } from '../components/Panel';
import { useFeedback } from '../hooks/useFeedback';
import { useText } from '../hooks/useText';
import { nameOfAgent } from './names';
import { useAbsenceText } from './useAgentLabel';

/** Whether these people are there, to be changed at once. */
export function Absences({ people }: { people: number[] }) {
  const text = useText();
  const absenceText = useAbsenceText();
  const [edited, setEdited] = React.useState<Agent | null>(null);
  const { data = [] } = useAssigneesQuery();
  const agents = data.filter(({ id }) => people.includes(id));
  if (agents.length === 0) return null;
  return (
    <Panel title={text('absence.title')} hint={text('absence.hint')}>
      {agents.map((agent) => (
        <Flex key={agent.id} justifyContent="space-between" gap={3} wrap="wrap">
          <Typography textColor="neutral800">
            {`${nameOfAgent(agent)}: ${agent.absence ? absenceText(agent.absence) : text('absence.none')}`}
          </Typography>
          <Button
            variant="tertiary"
            size="S"
            aria-label={`${text('absence.change')}: ${nameOfAgent(agent)}`}
            onClick={() => setEdited(agent)}
          >
            {text('absence.change')}
          </Button>
        </Flex>
      ))}
      {edited && <AbsenceDialog agent={edited} onClose={() => setEdited(null)} />}
    </Panel>
  );
}

/** No form of its own: the page around it is one, and would be sent, too. */
function AbsenceDialog({ agent, onClose }: { agent: Agent; onClose(): void }) {
  const text = useText();
  const { success, failure, fieldErrors } = useFeedback();
  const [setAbsence, { isLoading }] = useSetAbsenceMutation();
  const [days, setDays] = React.useState({ from: agent.absence?.from ?? '', until: agent.absence?.until ?? '' });
  const [errors, setErrors] = React.useState<Record<string, string>>({});
  const send = async (change: { from?: string; until: string | null }) => {
    const answer = await setAbsence({ user: agent.id, ...change });
    if ('error' in answer) {
      setErrors(fieldErrors(answer.error) ?? {});
      return failure(answer.error);
    }
    success(text('common.saved', { name: nameOfAgent(agent) }));
    onClose();
  };
  return (
    <ModalDialog
      title={`${text('absence.title')}: ${nameOfAgent(agent)}`}
      onClose={onClose}
      actions={
        <Flex gap={2}>
          {agent.absence && (
            <Button variant="secondary" disabled={isLoading} onClick={() => void send({ until: null })}>
              {text('absence.end')}
            </Button>
          )}
          <Button
            disabled={!days.until}
            loading={isLoading}
            onClick={() => void send({ ...(days.from ? { from: days.from } : {}), until: days.until })}
          >
            {text('common.save')}
          </Button>
        </Flex>
      }
    >
      <Flex gap={4} wrap="wrap" alignItems="flex-start">
        {(['from', 'until'] as const).map((name) => (
          <Field.Root key={name} name={name} error={errors[name]} hint={name === 'from' ? text('absence.fromHint') : undefined}>
            <Field.Label>{text(`absence.${name}`)}</Field.Label>
            <TextInput
              type="date"
              value={days[name]}
              onChange={(event: React.ChangeEvent<HTMLInputElement>) => setDays({ ...days, [name]: event.target.value })}
            />
            <Field.Hint />
            <Field.Error />
          </Field.Root>
        ))}
      </Flex>
    </ModalDialog>
  );
}
