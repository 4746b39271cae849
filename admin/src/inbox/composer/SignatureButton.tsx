import * as React from 'react';
import { Button, Flex, Loader, Typography } from '@strapi/design-system';
import { Pencil } from '@strapi/icons';
import { useSaveSignatureMutation, useSignatureQuery } from '../../api/answering';
import { ModalDialog } from '../../shared/components/ModalDialog';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useText } from '../../shared/hooks/useText';
import { IconOnPhone } from '../../shared/components/IconOnPhone';

const HtmlEditor = React.lazy(() => import('../../shared/components/HtmlEditor').then((module) => ({ default: module.HtmlEditor })));

/** One's own signature, behind a button. */
export function SignatureButton() {
  const text = useText();
  const [open, setOpen] = React.useState(false);
  return (
    <>
      <IconOnPhone type="button" variant="tertiary" size="S" startIcon={<Pencil />} onClick={() => setOpen(true)}>
        {text('signature.title')}
      </IconOnPhone>
      {open && <SignatureDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function SignatureDialog({ onClose }: { onClose(): void }) {
  const text = useText();
  const { success, failure } = useFeedback();
  const { data } = useSignatureQuery();
  const [save, { isLoading }] = useSaveSignatureMutation();
  const [typed, setTyped] = React.useState<string | null>(null);
  const submit = async () => {
    const answer = await save(typed ?? data!.html);
    if ('error' in answer) return failure(answer.error!);
    success(text('common.saved', { name: text('signature.title') }));
    onClose();
  };
  const loader = <Loader>{text('common.loading')}</Loader>;
  return (
    <ModalDialog
      title={text('signature.title')}
      onClose={onClose}
      actions={
        <Button loading={isLoading} disabled={!data} onClick={() => void submit()}>
          {text('common.save')}
        </Button>
      }
    >
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Typography textColor="neutral800">{text('signature.hint')}</Typography>
        <React.Suspense fallback={loader}>
          {data ? <HtmlEditor label={text('signature.title')} value={typed ?? data.html} onChange={setTyped} /> : loader}
        </React.Suspense>
      </Flex>
    </ModalDialog>
  );
}
