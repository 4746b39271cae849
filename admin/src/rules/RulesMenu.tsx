import * as React from 'react';
import { Menu } from '@strapi/design-system';
import { More } from '@strapi/icons';
import { useNavigate } from 'react-router-dom';
import { RULES_FORMAT, type RulesFile } from '../../../shared/api/rules';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useServerText } from '../shared/hooks/useServerText';
import { useText } from '../shared/hooks/useText';
import { saveAs } from '../shared/utils/attachmentBytes';
import { useImportRulesMutation, type Rule } from './api/rules';
import { fileOf } from './rulesFile';
import { TEMPLATES } from './templates';

/** What else is done with the rules of a scanner: a new one from a template, and a file of all of them. */
export function RulesMenu({ scannerId, scannerName, rules }: { scannerId: string; scannerName: string; rules: Rule[] }) {
  const text = useText();
  const navigate = useNavigate();
  const input = React.useRef<HTMLInputElement>(null);
  const importFile = useImport(scannerId);
  const exportAll = () => saveAs(new Blob([JSON.stringify(fileOf(rules), null, 2)]), `rules-${scannerName.replace(/[^\w-]+/g, '-')}.json`);
  const choose = async (event: React.ChangeEvent<HTMLInputElement>) => {
    const { target } = event;
    const [file] = target.files ?? [];
    if (file) await importFile(await file.text());
    target.value = '';
  };
  return (
    <>
      <input ref={input} type="file" accept=".json,application/json" aria-label={text('rules.import')} hidden onChange={choose} />
      <Menu.Root>
        <Menu.Trigger variant="tertiary" size="S" endIcon={<More aria-hidden />}>
          {text('rules.more')}
        </Menu.Trigger>
        <Menu.Content zIndex={500}>
          {TEMPLATES.map(({ name, rule }) => (
            <Menu.Item key={name} onSelect={() => navigate('create', { state: { rule: { ...rule, name: text(name) } } })}>
              {text('rules.fromTemplate', { name: text(name) })}
            </Menu.Item>
          ))}
          <Menu.Separator />
          <Menu.Item disabled={rules.length === 0} onSelect={exportAll}>
            {text('rules.export')}
          </Menu.Item>
          <Menu.Item onSelect={() => input.current?.click()}>{text('rules.import')}</Menu.Item>
        </Menu.Content>
      </Menu.Root>
    </>
  );
}

function useImport(scannerId: string): (content: string) => Promise<void> {
  const text = useText();
  const serverText = useServerText();
  const { success, warn, failure } = useFeedback();
  const [importRules] = useImportRulesMutation();
  return async (content) => {
    const answer = await importRules({ scanner: scannerId, data: parsed(content) });
    if ('error' in answer) return failure(answer.error!);
    const { rules, notes, notesSaid } = answer.data;
    success(text('rules.imported', { count: rules.length }));
    notes.forEach((note, index) => warn(serverText(note, notesSaid[index])));
  };
}

/** The server says what is wrong with a file that is no JSON, as with any other. */
function parsed(content: string): RulesFile {
  try {
    return JSON.parse(content) as RulesFile;
  } catch {
    return { format: '' as typeof RULES_FORMAT, rules: [] };
  }
}
