import { IconButton, Status, Tbody, Td, Tr, Typography } from '@strapi/design-system';
import { Pencil } from '@strapi/icons';
import { Page } from '@strapi/strapi/admin';
import { NavLink, useNavigate } from 'react-router-dom';
import { useTemplatesQuery } from '../api/emailTemplates';
import { FoldingTable } from '../../shared/components/FoldingTable';
import { ListPage, TableHead } from '../../shared/components/ListPage';
import { useText, useTextOr, type TextKey } from '../../shared/hooks/useText';

const COLUMNS: TextKey[] = ['scanners.name', 'template.subject', 'template.sendTo', 'scanners.active'];

export function TemplateList() {
  const text = useText();
  const textOr = useTextOr();
  const navigate = useNavigate();
  const { data: templates, isLoading, error } = useTemplatesQuery();
  if (isLoading) return <Page.Loading />;
  if (error || !templates) return <Page.Error />;
  return (
    <ListPage title={text('settings.emailTemplates')} subtitle={text('templates.subtitle')}>
      <FoldingTable columns={COLUMNS} colCount={COLUMNS.length + 1} rowCount={templates.length + 1}>
        <TableHead columns={COLUMNS} />
        <Tbody>
          {templates.map(({ key, name, subject, sendTo, active }) => {
            const title = textOr(`template.name.${key}`, name);
            return (
              <Tr key={key} onClick={() => navigate(key)} style={{ cursor: 'pointer' }}>
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
                  <Status variant={active ? 'success' : 'secondary'} size="S" width="min-content">
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
          })}
        </Tbody>
      </FoldingTable>
    </ListPage>
  );
}
