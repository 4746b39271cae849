import * as React from 'react';
import { Box, LinkButton } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { Page, Pagination } from '@strapi/strapi/admin';
import { NavLink } from 'react-router-dom';
import type { Pagination as Paging } from '../../../../shared/api/pagination';
import { useText } from '../hooks/useText';
import { PAGE_SIZE } from '../utils/paging';
import { ContentPage, type ContentPageProps } from './ContentPage';
import { Notice } from './Notice';

interface ListPageProps<D> extends Omit<ContentPageProps, 'subtitle' | 'isBusy' | 'children'> {
  /** The answer of the server with its list; when it says how many pages there are, they can be chosen below. */
  list: { data?: D; error?: unknown; isFetching: boolean };
  /** True while other data is missing, such as the permissions of the user. */
  isWaiting?: boolean;
  subtitle: string | ((data: D) => string);
  children(data: D): React.ReactNode;
}

/** A page that shows a list. When a refresh fails, the list stays, with a notice above it. */
export function ListPage<D>({ list: { data, error, isFetching }, isWaiting = false, subtitle, children, ...page }: ListPageProps<D>) {
  const text = useText();
  if (data === undefined || isWaiting) return error ? <Page.Error /> : <Page.Loading />;
  const pagination = paginationOf(data);
  return (
    <ContentPage {...page} subtitle={typeof subtitle === 'string' ? subtitle : subtitle(data)} isBusy={isFetching}>
      {error !== undefined && (
        <Box paddingBottom={4}>
          <Notice variant="warning">{text('inbox.notRefreshed')}</Notice>
        </Box>
      )}
      {children(data)}
      {pagination && (
        <Pagination.Root pageCount={pagination.pageCount} total={pagination.total} defaultPageSize={PAGE_SIZE}>
          <Pagination.PageSize options={['20', '50', '100']} />
          <Pagination.Links />
        </Pagination.Root>
      )}
    </ContentPage>
  );
}

const paginationOf = (data: unknown): Paging | undefined => (data as { meta?: { pagination?: Paging } }).meta?.pagination;

/** The link to the form for a new one. */
export function AddLink({ children, fullWidth = false }: { children: string; fullWidth?: boolean }) {
  return (
    <LinkButton tag={NavLink} startIcon={<Plus />} size="S" fullWidth={fullWidth} to="create">
      {children}
    </LinkButton>
  );
}
