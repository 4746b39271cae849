import { Box, Checkbox, Flex, Typography } from '@strapi/design-system';
import { Page, useField } from '@strapi/strapi/admin';
import { styled } from 'styled-components';
import { NOTICE_KINDS } from '../../../../shared/vocabulary';
import { useChooseNoticesMutation, useNoticeChoicesQuery, type NoticeChoices } from '../api/notices';
import { FormPage } from '../../shared/components/FormPage';
import { Panel } from '../../shared/components/Panel';
import { PLACE_OF_NOTICES } from '../../shared/helpdesk/places';
import { useSave } from '../../shared/hooks/useSave';
import { useText } from '../../shared/hooks/useText';

/** What one wants to be told, and how. */
export function NoticeChoicesPage() {
  const text = useText();
  const save = useSave();
  const { data, error } = useNoticeChoicesQuery();
  const [choose] = useChooseNoticesMutation();
  if (!data) return error ? <Page.Error /> : <Page.Loading />;
  return (
    <FormPage<NoticeChoices>
      title={text('notices.choices')}
      subtitle={text('notices.choicesHint')}
      back={PLACE_OF_NOTICES}
      initialValues={data}
      onSave={(values, helpers) => save(choose(values), helpers, (saved) => ({ values: saved, message: text('notices.saved') }))}
    >
      {() => (
        <Panel>
          <Box style={{ overflowX: 'auto' }}>
            <Kinds>
              <thead>
                <tr>
                  <th scope="col">
                    <Typography variant="sigma" textColor="neutral600">
                      {text('notices.what')}
                    </Typography>
                  </th>
                  <th scope="col">
                    <Typography variant="sigma" textColor="neutral600">
                      {text('notices.inPanel')}
                    </Typography>
                  </th>
                </tr>
              </thead>
              <tbody>
                {NOTICE_KINDS.map((kind) => (
                  <tr key={kind}>
                    <th scope="row">
                      <Typography textColor="neutral800">{text(`notices.choice.${kind}`)}</Typography>
                    </th>
                    <td>
                      <Choose name={`channels.${kind}.panel`} label={`${text(`notices.choice.${kind}`)}: ${text('notices.inPanel')}`} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </Kinds>
          </Box>
        </Panel>
      )}
    </FormPage>
  );
}

function Choose({ name, label }: { name: string; label: string }) {
  const { value, onChange } = useField<boolean>(name);
  return (
    <Flex>
      <Checkbox
        aria-label={label}
        checked={value === true}
        onCheckedChange={(checked: boolean | 'indeterminate') => onChange(name, checked === true)}
      />
    </Flex>
  );
}

const Kinds = styled.table`
  width: 100%;

  th,
  td {
    padding: 0.8rem 1.6rem 0.8rem 0;
    text-align: start;
    vertical-align: middle;
  }
`;
