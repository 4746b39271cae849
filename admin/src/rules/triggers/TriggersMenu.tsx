import { TRIGGERS_FORMAT, type Trigger, type TriggerInput, type TriggersFile, type TriggersImport } from '../../../../shared/api/triggers';
import { useText } from '../../shared/hooks/useText';
import { FileMenu, parsedFile, useTellImport } from '../FileMenu';
import { useImportTriggersMutation } from '../../api/triggers';

/** A trigger without what is its own alone. */
const inputOf = ({ documentId: _id, startsAt: _since, ...input }: Trigger): TriggerInput => input;

const fileOf = (triggers: Trigger[]): TriggersFile => ({ format: TRIGGERS_FORMAT, triggers: triggers.map(inputOf) });

/** A file of all time triggers. */
export function TriggersMenu({ triggers }: { triggers: Trigger[] }) {
  const text = useText();
  const [importTriggers] = useImportTriggersMutation();
  const tell = useTellImport<TriggersImport>();
  const onImport = async (content: string) => {
    const answer = await importTriggers(parsedFile<TriggersFile>(content));
    tell(answer, ({ triggers: added }) => text('triggers.imported', { count: added.length }));
  };
  return (
    <FileMenu
      exportLabel={text('triggers.export')}
      importLabel={text('triggers.import')}
      file={triggers.length > 0 ? { name: 'time-triggers', content: fileOf(triggers) } : null}
      onImport={onImport}
    />
  );
}
