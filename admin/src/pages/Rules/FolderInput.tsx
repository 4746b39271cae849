import { Combobox, ComboboxOption, Field } from '@strapi/design-system';
import { useFoldersQuery } from '../../api/scanners';
import { useText } from '../../utils/useText';
import type { ActionFormProps } from './ActionsEditor';
import { folderTree } from './folderTree';

/** Where a message goes: one of the mailbox's folders, or a new one by its name. */
export function FolderInput({ config, onChange, scannerId, disabled }: ActionFormProps) {
  const text = useText();
  const { data: folders = [] } = useFoldersQuery(scannerId);
  const folder = typeof config.folder === 'string' ? config.folder : '';
  return (
    <Field.Root name="folder" hint={text('actions.folderHint')} required>
      <Field.Label>{text('actions.folder')}</Field.Label>
      <Combobox
        creatable
        value={folder}
        disabled={disabled}
        placeholder={text('actions.folderPlaceholder')}
        createMessage={(typed: string) => text('actions.folderCreate', { folder: typed })}
        onChange={(chosen?: string) => onChange({ ...config, folder: chosen ?? '' })}
        onCreateOption={(typed?: string) => onChange({ ...config, folder: typed ?? '' })}
        onClear={() => onChange({ ...config, folder: '' })}
      >
        {folderTree(folders, folder ? [folder] : [])
          .filter(({ selectable }) => selectable)
          .map(({ path }) => (
            <ComboboxOption key={path} value={path}>
              {path}
            </ComboboxOption>
          ))}
      </Combobox>
      <Field.Hint />
    </Field.Root>
  );
}
