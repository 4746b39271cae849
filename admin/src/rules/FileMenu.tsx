import * as React from 'react';
import { Menu } from '@strapi/design-system';
import type { Words } from '../../../shared/sentences/words';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useServerText } from '../shared/hooks/useServerText';
import { useText } from '../shared/hooks/useText';
import { saveAs } from '../shared/utils/attachmentBytes';
import { MenuContent } from '../shared/components/OpenMenu';

interface FileMenuProps {
  exportLabel: string;
  importLabel: string;
  /** The name of the file, and what stands in it; null: there is nothing to keep. */
  file: { name: string; content: object } | null;
  onImport(content: string): Promise<void>;
  /** What else is in the menu. */
  children?: React.ReactNode;
}

/** A menu with what keeps records as a file and takes them from one. */
export function FileMenu({ exportLabel, importLabel, file, onImport, children }: FileMenuProps) {
  const text = useText();
  const input = React.useRef<HTMLInputElement>(null);
  const choose = async (event: React.ChangeEvent<HTMLInputElement>) => {
    const { target } = event;
    const [chosen] = target.files ?? [];
    if (chosen) await onImport(await chosen.text());
    target.value = '';
  };
  return (
    <>
      <input ref={input} type="file" accept=".json,application/json" aria-label={importLabel} hidden onChange={choose} />
      <Menu.Root>
        <Menu.Trigger variant="tertiary" size="S">
          {text('rules.more')}
        </Menu.Trigger>
        <MenuContent>
          {children}
          {children && <Menu.Separator />}
          <Menu.Item
            disabled={file === null}
            onSelect={() => file && saveAs(new Blob([JSON.stringify(file.content, null, 2)]), `${file.name}.json`)}
          >
            {exportLabel}
          </Menu.Item>
          <Menu.Item onSelect={() => input.current?.click()}>{importLabel}</Menu.Item>
        </MenuContent>
      </Menu.Root>
    </>
  );
}

type Failure = Parameters<ReturnType<typeof useFeedback>['failure']>[0];

/** Tells what became of an import, and what is missing for it. */
export function useTellImport<T extends { notes: string[]; notesSaid: Words[] }>(): (
  answer: { data: T } | { error: unknown },
  done: (data: T) => string,
) => void {
  const serverText = useServerText();
  const { success, warn, failure } = useFeedback();
  return (answer, done) => {
    if (!('data' in answer)) return failure(answer.error as Failure);
    success(done(answer.data));
    answer.data.notes.forEach((note, index) => warn(serverText(note, answer.data.notesSaid[index])));
  };
}

/** The server says what is wrong with a file that is no JSON, as with any other. */
export function parsedFile<T>(content: string): T {
  try {
    return JSON.parse(content) as T;
  } catch {
    return {} as T;
  }
}
