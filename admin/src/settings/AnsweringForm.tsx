import { AFTER_ANSWER, AFTERWARDS, REPLY_TO } from '../../../shared/vocabulary';
import { Cell } from '../shared/components/Cell';
import { Choice } from '../shared/components/Choice';
import { OnOff } from '../shared/components/OnOff';
import { useText } from '../shared/hooks/useText';
import { SettingsPanel } from './SettingsPanel';

/** How answers at the panel begin, and what comes after them. */
export function AnsweringForm() {
  const text = useText();
  return (
    <SettingsPanel
      title="additional.answering"
      hint="additional.answeringHint"
      names={['afterAnswer', 'replyTo', 'takeOnAnswer', 'ticketsByTeam', 'afterwards']}
    >
      {() => (
        <>
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
        </>
      )}
    </SettingsPanel>
  );
}
