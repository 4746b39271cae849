import * as React from 'react';
import { Layouts, Page } from '@strapi/strapi/admin';
import { Back } from './Back';
import { PageMain } from './PageMain';

export interface ContentPageProps {
  title: string;
  /** What the window is called, where that is more than the title. */
  windowTitle?: string;
  subtitle: string;
  /** Where the page above is; left out for a page of a menu. */
  back?: string;
  primaryAction?: React.ReactNode;
  secondaryAction?: React.ReactNode;
  /** Search and filters, between the header and the content. */
  filters?: React.ReactNode;
  /** While what is shown is being replaced. */
  isBusy?: boolean;
  children: React.ReactNode;
}

/** A page that is no form: its title, its actions, and what it shows. */
export function ContentPage({
  title,
  windowTitle = title,
  subtitle,
  back,
  primaryAction,
  secondaryAction,
  filters,
  isBusy,
  children,
}: ContentPageProps) {
  return (
    <PageMain aria-busy={isBusy}>
      <Page.Title>{windowTitle}</Page.Title>
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
