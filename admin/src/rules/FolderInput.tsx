import * as React from 'react';
import { Field, TextInput } from '@strapi/design-system';
import { useFoldersQuery } from '../api/scanners';
import { useText } from '../shared/hooks/useText';
import type { ActionFormProps } from './actionForm';
import { folderTree } from './folderTree';

/** Where a message goes: one of the mailbox's folders, which are offered while typing, or a new one by its name. */
export function FolderInput({ config, onChange, scannerId, disabled }: ActionFormProps) {
  const text = useText();
  const listId = React.useId();
  const { data: folders = [] } = useFoldersQuery(scannerId);
  return (
    <Field.Root name="folder" hint={text('actions.folderHint')} required>
      <Field.Label>{text('actions.folder')}</Field.Label>
      <TextInput
        list={listId}
        autoComplete="off"
        placeholder={text('actions.folderPlaceholder')}
        value={typeof config.folder === 'string' ? config.folder : ''}
        disabled={disabled}
        onChange={(event: React.ChangeEvent<HTMLInputElement>) => onChange({ ...config, folder: event.target.value })}
      />
      <datalist id={listId}>
        {folderTree(folders, [])
          .filter(({ selectable }) => selectable)
          .map(({ path }) => (
            <option key={path} value={path} />
          ))}
      </datalist>
      <Field.Hint />
    </Field.Root>
  );
}
