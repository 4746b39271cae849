import { AFTER_ANSWER, AFTERWARDS, REPLY_TO } from '../../../shared/vocabulary';
import { Grid } from '@strapi/design-system';
import { Page } from '@strapi/strapi/admin';
import type { Settings } from './api/settings';
import { Cell } from '../shared/components/Cell';
import { Choice } from '../shared/components/Choice';
import { OnOff } from '../shared/components/OnOff';
import { SaveForm, SavePanel } from '../shared/components/SaveForm';
import { useText } from '../shared/hooks/useText';
import { useSettingsForm } from './useSettingsForm';

type Values = Pick<Settings, 'afterAnswer' | 'replyTo' | 'takeOnAnswer' | 'ticketsByTeam' | 'afterwards'>;

/** How answers at the panel begin, and what comes after them. */
export function AnsweringForm() {
  const text = useText();
  const { settings, error, submit } = useSettingsForm<Values>(text('additional.answering'));
  if (error) return <Page.Error />;
  if (!settings) return <Page.Loading />;
  const { afterAnswer, replyTo, takeOnAnswer, ticketsByTeam, afterwards } = settings;
  return (
    <SaveForm<Values> initialValues={{ afterAnswer, replyTo, takeOnAnswer, ticketsByTeam, afterwards }} onSave={submit}>
      {() => (
        <SavePanel title={text('additional.answering')} hint={text('additional.answeringHint')}>
          <Grid.Root gap={5}>
            <Cell>
              <Choice
                name="afterAnswer"
                label={text('additional.afterAnswer')}
                options={AFTER_ANSWER.map((value) => ({ value, label: text(`compose.send.${value}`) }))}
              />
            </Cell>
            <Cell>
              <Choice
                name="afterwards"
                label={text('additional.afterwards')}
                options={AFTERWARDS.map((value) => ({ value, label: text(`additional.afterwards.${value}`) }))}
              />
            </Cell>
            <Cell>
              <Choice
                name="replyTo"
                label={text('additional.replyTo')}
                options={REPLY_TO.map((value) => ({ value, label: text(`additional.replyTo.${value}`) }))}
              />
            </Cell>
            <Cell>
              <OnOff name="takeOnAnswer" label={text('additional.take')} hint={text('additional.takeHint')} />
            </Cell>
            <Cell>
              <OnOff name="ticketsByTeam" label={text('teams.seen')} hint={text('teams.seenHint')} />
            </Cell>
          </Grid.Root>
        </SavePanel>
      )}
    </SaveForm>
  );
}
