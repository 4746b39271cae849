import { Typography } from '@strapi/design-system';
import { useCannedRepliesQuery, useDeleteCannedReplyMutation } from '../api/answering';
import { RecordListPage, RecordName } from '../shared/components/RecordListPage';
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
      none="canned.noneYet"
      deleteText="canned.deleteText"
      columns={[
        [
          'scanners.name',
          ({ name, personal }) => (
            <>
              <RecordName>{name}</RecordName>
              {personal && (
                <Typography variant="pi" textColor="neutral600" tag="p">
                  {text('canned.personal')}
                </Typography>
              )}
            </>
          ),
        ],
        ['canned.folder', ({ folder }) => folder],
        [
          'template.body',
          ({ body }) => (
            <Typography textColor="neutral800" ellipsis maxWidth="48rem" tag="p">
              {plainWords(body).slice(0, 160)}
            </Typography>
          ),
        ],
      ]}
      remove={remove}
    />
  );
}
