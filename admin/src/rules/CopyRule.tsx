import { IconButton, Menu } from '@strapi/design-system';
import { Duplicate } from '@strapi/icons';
import { useScannersQuery } from '../api/scanners';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useServerText } from '../shared/hooks/useServerText';
import { useText } from '../shared/hooks/useText';
import { useImportRulesMutation, type Rule } from '../api/rules';
import { fileOf } from './rulesFile';
import { MenuContent } from '../shared/components/OpenMenu';

/** Copies a rule to a scanner, switched off: to another one, or the same once more. */
export function CopyRule({ rule }: { rule: Rule }) {
  const text = useText();
  const serverText = useServerText();
  const { success, warn, failure } = useFeedback();
  const { data: scanners = [] } = useScannersQuery();
  const [importRules] = useImportRulesMutation();
  const copyTo = async (scanner: string, name: string) => {
    const answer = await importRules({ scanner, data: fileOf([rule]) });
    if ('error' in answer) return failure(answer.error!);
    success(text('rules.copied', { rule: rule.name, name }));
    answer.data.notes.forEach((note, index) => warn(serverText(note, answer.data.notesSaid[index])));
  };
  return (
    <Menu.Root>
      <Menu.Trigger tag={IconButton} label={text('rules.copy', { name: rule.name })} variant="ghost" icon={<Duplicate />} />
      <MenuContent>
        {scanners.map(({ documentId, name }) => (
          <Menu.Item key={documentId} onSelect={() => void copyTo(documentId, name)}>
            {text('rules.copyTo', { name })}
          </Menu.Item>
        ))}
      </MenuContent>
    </Menu.Root>
  );
}
