import { Menu } from '@strapi/design-system';
import { useNavigate } from 'react-router-dom';
import type { RulesFile, RulesImport } from '../../../shared/api/rules';
import { useText } from '../shared/hooks/useText';
import { useImportRulesMutation, type Rule } from '../api/rules';
import { FileMenu, parsedFile, useTellImport } from './FileMenu';
import { fileOf } from './rulesFile';
import { TEMPLATES } from './templates';

/** What else is done with the rules of a scanner: a new one from a template, and a file of all of them. */
export function RulesMenu({ scannerId, scannerName, rules }: { scannerId: string; scannerName: string; rules: Rule[] }) {
  const text = useText();
  const navigate = useNavigate();
  const [importRules] = useImportRulesMutation();
  const tell = useTellImport<RulesImport>();
  const onImport = async (content: string) => {
    const answer = await importRules({ scanner: scannerId, data: parsedFile<RulesFile>(content) });
    tell(answer, ({ rules: added }) => text('rules.imported', { count: added.length }));
  };
  return (
    <FileMenu
      exportLabel={text('rules.export')}
      importLabel={text('rules.import')}
      file={rules.length > 0 ? { name: `rules-${scannerName.replace(/[^\w-]+/g, '-')}`, content: fileOf(rules) } : null}
      onImport={onImport}
    >
      {TEMPLATES.map(({ name, rule }) => (
        <Menu.Item key={name} onSelect={() => navigate('create', { state: { rule: { ...rule, name: text(name) } } })}>
          {text('rules.fromTemplate', { name: text(name) })}
        </Menu.Item>
      ))}
    </FileMenu>
  );
}
