import { Box, Checkbox, Flex, Typography } from '@strapi/design-system';
import { Page, useAuth, useField } from '@strapi/strapi/admin';
import { styled } from 'styled-components';
import { NOTICE_KINDS } from '../../../../shared/vocabulary';
import { useChooseNoticesMutation, useNoticeChoicesQuery, type NoticeChoices } from '../../api/notices';
import { FormPage } from '../../shared/components/FormPage';
import { Absences } from '../../shared/helpdesk/Absences';
import { Panel } from '../../shared/components/Panel';
import { PLACE_OF_NOTICES } from '../../shared/helpdesk/places';
import { useSave } from '../../shared/hooks/useSave';
import { useText } from '../../shared/hooks/useText';
import { DigestFields } from './DigestFields';

const CHANNELS = [
  { channel: 'panel', label: 'notices.inPanel' },
  { channel: 'email', label: 'notices.byEmail' },
] as const;

/** What one wants to be told, and how. */
export function NoticeChoicesPage() {
  const text = useText();
  const save = useSave();
  const me = useAuth('MailScannerAbsence', ({ user }) => Number(user?.id));
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
        <>
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
                    {CHANNELS.map(({ channel, label }) => (
                      <th key={channel} scope="col">
                        <Typography variant="sigma" textColor="neutral600">
                          {text(label)}
                        </Typography>
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {NOTICE_KINDS.map((kind) => (
                    <tr key={kind}>
                      <th scope="row">
                        <Typography textColor="neutral800">{text(`notices.choice.${kind}`)}</Typography>
                      </th>
                      {CHANNELS.map(({ channel, label }) => (
                        <td key={channel}>
                          <Choose name={`channels.${kind}.${channel}`} label={`${text(`notices.choice.${kind}`)}: ${text(label)}`} />
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </Kinds>
            </Box>
            <Flex direction="column" alignItems="flex-start" gap={1} paddingTop={4}>
              <Excerpt />
              <Typography variant="pi" textColor="neutral600">
                {text('notices.withExcerptHint')}
              </Typography>
            </Flex>
          </Panel>
          <DigestFields />
          <Absences people={[me]} />
        </>
      )}
    </FormPage>
  );
}

function Excerpt() {
  const text = useText();
  const { value, onChange } = useField<boolean>('withExcerpt');
  return (
    <Checkbox checked={value === true} onCheckedChange={(checked: boolean | 'indeterminate') => onChange('withExcerpt', checked === true)}>
      {text('notices.withExcerpt')}
    </Checkbox>
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
    font-weight: inherit;
  }
`;
