import { IconButton, Status, Td, Tr, Typography } from '@strapi/design-system';
import { Pencil } from '@strapi/icons';
import { NavLink, useNavigate } from 'react-router-dom';
import { useTemplatesQuery, type EmailTemplate } from '../../api/emailTemplates';
import { ListPage } from '../../shared/components/ListPage';
import { RecordTable } from '../../shared/components/RecordTable';
import { useText, useTextOr, type TextKey } from '../../shared/hooks/useText';

const COLUMNS: TextKey[] = ['scanners.name', 'template.subject', 'template.sendTo', 'scanners.active'];

export function TemplateList() {
  const text = useText();
  return (
    <ListPage list={useTemplatesQuery()} title={text('settings.emailTemplates')} subtitle={text('templates.subtitle')}>
      {(templates) => (
        <RecordTable columns={COLUMNS} records={templates} empty={null}>
          {(template) => <TemplateRow key={template.key} template={template} />}
        </RecordTable>
      )}
    </ListPage>
  );
}

function TemplateRow({ template: { key, name, subject, sendTo, active } }: { template: EmailTemplate }) {
  const text = useText();
  const textOr = useTextOr();
  const navigate = useNavigate();
  const title = textOr(`template.name.${key}`, name);
  return (
    <Tr onClick={() => navigate(key)} style={{ cursor: 'pointer' }}>
      <Td>
        <Typography fontWeight="bold" textColor="neutral800">
          {title}
        </Typography>
      </Td>
      <Td>
        <Typography textColor="neutral800">{subject}</Typography>
      </Td>
      <Td>
        <Typography textColor="neutral800">{sendTo.map((recipient) => text(`recipient.${recipient}`)).join(', ')}</Typography>
      </Td>
      <Td>
        <Status variant={active ? 'success' : 'secondary'} size="S" width="fit-content">
          <Typography tag="span" fontWeight="bold">
            {text(active ? 'common.on' : 'common.off')}
          </Typography>
        </Status>
      </Td>
      <Td onClick={(event: React.MouseEvent) => event.stopPropagation()}>
        <IconButton tag={NavLink} label={text('scanners.edit', { name: title })} variant="ghost" to={key}>
          <Pencil />
        </IconButton>
      </Td>
    </Tr>
  );
}
