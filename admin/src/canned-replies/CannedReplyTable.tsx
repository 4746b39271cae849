import { Td, Typography } from '@strapi/design-system';
import { useCannedRepliesQuery, useDeleteCannedReplyMutation } from '../inbox/api/answering';
import { RecordListPage } from '../shared/components/RecordListPage';
import { useText } from '../shared/hooks/useText';
import { plainWords } from '../shared/utils/plainWords';

export function CannedReplyTable() {
  const text = useText();
  const list = useCannedRepliesQuery();
  const [remove] = useDeleteCannedReplyMutation();
  return (
    <RecordListPage
      list={list}
      title="settings.cannedReplies"
      subtitle="canned.subtitle"
      add="canned.add"
      none="canned.none"
      deleteText="canned.deleteText"
      columns={['scanners.name', 'canned.folder', 'template.body']}
      remove={remove}
    >
      {({ name, folder, personal, body }) => (
        <>
          <Td>
            <Typography fontWeight="bold" textColor="neutral800">
              {name}
            </Typography>
            {personal && (
              <Typography variant="pi" textColor="neutral600" tag="p">
                {text('canned.personal')}
              </Typography>
            )}
          </Td>
          <Td>
            <Typography textColor="neutral800">{folder}</Typography>
          </Td>
          <Td>
            <Typography textColor="neutral800" ellipsis maxWidth="48rem" tag="p">
              {plainWords(body).slice(0, 160)}
            </Typography>
          </Td>
        </>
      )}
    </RecordListPage>
  );
}
