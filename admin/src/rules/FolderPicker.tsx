import type { Protocol } from '../../../shared/vocabulary';
import * as React from 'react';
import { Box, Button, Checkbox, Field, Flex, Loader, TextInput, Typography } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { useFoldersQuery } from '../api/scanners';
import { Notice } from '../shared/components/Notice';
import { holds } from '../shared/utils/plainWords';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useText } from '../shared/hooks/useText';
import { folderTree, type FolderNode } from './folderTree';

interface FolderPickerProps {
  scannerId: string;
  protocol: Protocol;
  disabled: boolean;
}

/** The folders that a rule looks at: out of the mailbox's own, or typed while it cannot be reached. */
export function FolderPicker({ scannerId, protocol, disabled }: FolderPickerProps) {
  const text = useText();
  const { describeError } = useFeedback();
  const { value: chosen = [], onChange, error } = useField<string[]>('folders');
  const { data: folders, isFetching, error: offline, refetch } = useFoldersQuery(scannerId, { skip: protocol === 'pop3' });
  const set = (paths: string[]) => onChange('folders', paths);

  if (protocol === 'pop3') return <Typography>{text('folders.pop3')}</Typography>;
  if (isFetching) return <Loader small>{text('folders.loading')}</Loader>;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {offline && (
        <Notice variant="warning" title={text('folders.offline')}>
          <Typography>{describeError(offline)}</Typography>
          <Flex paddingTop={2}>
            <Button type="button" variant="tertiary" size="S" onClick={() => refetch()}>
              {text('folders.again')}
            </Button>
          </Flex>
        </Notice>
      )}
      {folders && <Tree nodes={folderTree(folders, chosen)} chosen={chosen} onChange={set} disabled={disabled} />}
      {offline && <TypedFolders chosen={chosen} onChange={set} disabled={disabled} />}
      {chosen.length === 0 && <Typography textColor="neutral600">{text('folders.noneMeansInbox')}</Typography>}
      {error && <Typography textColor="danger600">{error}</Typography>}
    </Flex>
  );
}

/** More than these do not show at a glance. */
const MANY = 20;

/** The chosen ones always show, so that none is forgotten behind a search. */
function Tree({
  nodes,
  chosen,
  onChange,
  disabled,
}: {
  nodes: FolderNode[];
  chosen: string[];
  onChange(paths: string[]): void;
  disabled: boolean;
}) {
  const text = useText();
  const [search, setSearch] = React.useState('');
  const isFound = ({ path }: FolderNode) => holds(path, search) || chosen.includes(path);
  const found = nodes.filter(isFound);
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      {nodes.length > MANY && (
        <Box maxWidth="32rem">
          <TextInput
            aria-label={text('folders.find')}
            placeholder={text('folders.find')}
            size="S"
            value={search}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) => setSearch(event.target.value)}
          />
        </Box>
      )}
      {found.length === 0 && <Typography textColor="neutral600">{text('folders.notFound')}</Typography>}
      <Box tag="ul" maxHeight="32rem" overflow="auto" borderColor="neutral200" hasRadius padding={3} aria-label={text('rule.folders')}>
        {found.map(({ path, name, depth, selectable }) => (
          <Box tag="li" key={path} paddingTop={1} paddingBottom={1} style={{ paddingInlineStart: search ? 0 : `${depth * 2.4}rem` }}>
            <Checkbox
              aria-label={path}
              checked={chosen.includes(path)}
              disabled={disabled || !selectable}
              onCheckedChange={(checked: boolean) => onChange(checked ? [...chosen, path] : chosen.filter((other) => other !== path))}
            >
              {search ? path : name}
            </Checkbox>
          </Box>
        ))}
      </Box>
    </Flex>
  );
}

function TypedFolders({ chosen, onChange, disabled }: { chosen: string[]; onChange(paths: string[]): void; disabled: boolean }) {
  const text = useText();
  const [typed, setTyped] = React.useState(chosen.join(', '));
  const change = (event: React.ChangeEvent<HTMLInputElement>) => {
    setTyped(event.target.value);
    onChange(
      event.target.value
        .split(',')
        .map((path) => path.trim())
        .filter(Boolean),
    );
  };
  return (
    <Field.Root name="typedFolders" hint={text('folders.typedHint')}>
      <Field.Label>{text('folders.typed')}</Field.Label>
      <TextInput value={typed} onChange={change} disabled={disabled} />
      <Field.Hint />
    </Field.Root>
  );
}
