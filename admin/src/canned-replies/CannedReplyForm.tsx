import * as React from 'react';
import { Field, Flex, TextInput, Typography } from '@strapi/design-system';
import { Page, useField, type FormHelpers } from '@strapi/strapi/admin';
import { useNavigate, useParams } from 'react-router-dom';
import {
  useCannedRepliesQuery,
  useCannedReplyQuery,
  useCannedReplyTagsQuery,
  useSaveCannedReplyMutation,
  type CannedReply,
  type CannedReplyInput,
} from '../api/answering';
import type { Attachment } from '../api/tickets';
import { AttachButton } from '../shared/helpdesk/FileInputs';
import { UploadList } from '../shared/helpdesk/UploadList';
import { useUploads } from '../shared/helpdesk/useUploads';
import { FormPage } from '../shared/components/FormPage';
import { HtmlField } from '../shared/components/HtmlField';
import { OnOff } from '../shared/components/OnOff';
import { Panel } from '../shared/components/Panel';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useSave } from '../shared/hooks/useSave';
import { useText } from '../shared/hooks/useText';

interface Values extends Omit<CannedReplyInput, 'files'> {
  /** Those that it has, by their ids, and uploads. */
  files: Attachment[];
}

const valuesOf = (reply: CannedReply | undefined, isPersonal: boolean): Values => ({
  name: reply?.name ?? '',
  body: reply?.body ?? '',
  folder: reply?.folder ?? '',
  personal: reply?.personal ?? isPersonal,
  files: (reply?.files ?? []).map((file) => ({ ...file, documentId: file.id }) as unknown as Attachment),
});

/** Name, folder, text and files of a canned reply. */
export function CannedReplyForm() {
  const text = useText();
  const navigate = useNavigate();
  const { replyId = null } = useParams();
  const save = useSave();
  const { canKeepReplies, isLoading: isAsking } = useAllowed();
  const { data: reply, isLoading, error } = useCannedReplyQuery(replyId ?? '', { skip: replyId === null, refetchOnMountOrArgChange: true });
  const { data: tags = [] } = useCannedReplyTagsQuery();
  const [saveReply] = useSaveCannedReplyMutation();
  if (isLoading || isAsking) return <Page.Loading />;
  if (error || (replyId !== null && !reply)) return <Page.Error />;

  const submit = async ({ files, ...values }: Values, helpers: FormHelpers<Values>) => {
    const data = { ...values, files: files.map(({ documentId }) => documentId) };
    const saved = await save(saveReply({ id: replyId, data }), helpers, ({ name }) => ({
      values: { ...values, files },
      message: text('common.saved', { name }),
    }));
    if (saved) navigate('..');
  };

  return (
    <FormPage<Values>
      title={reply?.name ?? text('canned.add')}
      subtitle={text('canned.formHint')}
      back=".."
      isNew={replyId === null}
      canSave={canKeepReplies || reply?.personal !== false}
      initialValues={valuesOf(reply, !canKeepReplies)}
      onSave={submit}
    >
      {({ disabled }) => (
        <Panel>
          <Name disabled={disabled} />
          <Folder disabled={disabled} />
          {canKeepReplies && <OnOff name="personal" label={text('canned.personal')} hint={text('canned.personalHint')} />}
          <HtmlField tags={tags} disabled={disabled} />
          {!disabled && <Files />}
        </Panel>
      )}
    </FormPage>
  );
}

function Name({ disabled }: { disabled: boolean }) {
  const text = useText();
  const { value = '', onChange, error } = useField<string>('name');
  return (
    <Field.Root name="name" error={error} hint={text('canned.nameHint')} required>
      <Field.Label>{text('scanners.name')}</Field.Label>
      <TextInput value={value} onChange={onChange} disabled={disabled} />
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}

/** One that there is, or a new one. */
function Folder({ disabled }: { disabled: boolean }) {
  const text = useText();
  const id = React.useId();
  const { value, onChange, error } = useField<string | null>('folder');
  const { data: replies = [] } = useCannedRepliesQuery();
  const folders = [...new Set(replies.flatMap(({ folder }) => folder ?? []))];
  return (
    <Field.Root name="folder" error={error} hint={text('canned.folderHint')}>
      <Field.Label>{text('canned.folder')}</Field.Label>
      <TextInput value={value ?? ''} onChange={onChange} list={id} disabled={disabled} maxLength={100} autoComplete="off" />
      <datalist id={id}>
        {folders.map((folder) => (
          <option key={folder} value={folder} />
        ))}
      </datalist>
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}

/** The server says what is too much. */
const NO_LIMITS = { fileBytes: Infinity, totalBytes: Infinity, files: Infinity };

function Files() {
  const text = useText();
  const { value = [], onChange, error } = useField<Attachment[]>('files');
  // Two uploads may arrive before the form is drawn again.
  const files = React.useRef(value);
  React.useEffect(() => {
    files.current = value;
  });
  const change = (changed: Attachment[]) => {
    files.current = changed;
    onChange('files', changed);
  };
  const uploads = useUploads({
    limits: NO_LIMITS,
    attachments: value,
    onAdded: (file) => change([...files.current, file]),
    onRemoved: ({ documentId }) => change(files.current.filter((other) => other.documentId !== documentId)),
  });
  return (
    <Flex direction="column" alignItems="flex-start" gap={2}>
      <AttachButton onFiles={(added) => uploads.add(added)} />
      <Typography variant="pi" textColor="neutral600">
        {text('canned.filesHint')}
      </Typography>
      <UploadList attachments={value} pending={uploads.pending} onRemove={uploads.remove} />
      {error && <Typography textColor="danger600">{error}</Typography>}
    </Flex>
  );
}
