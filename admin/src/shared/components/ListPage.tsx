import * as React from 'react';
import { LinkButton, Th, Thead, Tr, Typography, VisuallyHidden } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { Layouts, Page } from '@strapi/strapi/admin';
import { NavLink } from 'react-router-dom';
import { useText, type TextKey } from '../hooks/useText';
import { Back } from './Back';
import { PageMain } from './PageMain';

interface ListPageProps {
  title: string;
  subtitle: string;
  /** Where the page above is; left out for a page of the settings' menu. */
  back?: string;
  primaryAction?: React.ReactNode;
  secondaryAction?: React.ReactNode;
  /** Search and filters, between the header and the list. */
  filters?: React.ReactNode;
  /** While what is shown is being replaced. */
  isBusy?: boolean;
  children: React.ReactNode;
}

/** A page that is no form: its title, its actions, and what it shows. */
export function ListPage({ title, subtitle, back, primaryAction, secondaryAction, filters, isBusy, children }: ListPageProps) {
  return (
    <PageMain aria-busy={isBusy}>
      <Page.Title>{title}</Page.Title>
      <Layouts.Header
        title={title}
        subtitle={subtitle}
        navigationAction={back && <Back to={back} />}
        primaryAction={primaryAction}
        secondaryAction={secondaryAction}
      />
      {filters && <Layouts.Action startActions={filters} />}
      <Layouts.Content>{children}</Layouts.Content>
    </PageMain>
  );
}

/** The headings of a table whose last column holds the buttons of a row. */
export function TableHead({ columns }: { columns: TextKey[] }) {
  const text = useText();
  return (
    <Thead>
      <Tr>
        {columns.map((column) => (
          <Th key={column}>
            <Typography variant="sigma" textColor="neutral600">
              {text(column)}
            </Typography>
          </Th>
        ))}
        <Th>
          <VisuallyHidden>{text('common.actions')}</VisuallyHidden>
        </Th>
      </Tr>
    </Thead>
  );
}

/** The link to the form for a new one. */
export function AddLink({ children, fullWidth = false }: { children: string; fullWidth?: boolean }) {
  return (
    <LinkButton tag={NavLink} startIcon={<Plus />} size="S" fullWidth={fullWidth} to="create">
      {children}
    </LinkButton>
  );
}
