import { adminApi, deepEncodeQueryValues } from '@strapi/strapi/admin';
import type { Pagination } from '../../../shared/api/pagination';
import { PLUGIN_ID } from '../pluginId';

/** Strapi's own RTK Query client, with the kinds of records that this plugin keeps in its cache. */
export const mailScannerApi = adminApi.enhanceEndpoints({
  addTagTypes: [
    'MailScannerScanner',
    'MailScannerRule',
    'MailScannerMessage',
    'MailScannerTemplate',
    'MailScannerOutgoing',
    'MailScannerSettings',
    'MailScannerAlerts',
    'MailScannerAuthorization',
    'MailScannerOAuthProvider',
    'MailScannerWork',
    'MailScannerBlock',
  ],
});

type Query = Record<string, string | number | undefined>;

/** Strapi's fetch sends parameters as they are, so they are encoded here. */
export const get = (path: string, query: Query = {}) => ({
  url: `/${PLUGIN_ID}${path}`,
  method: 'GET' as const,
  config: {
    params: deepEncodeQueryValues(Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== ''))),
  },
});

export const post = (path: string, data: unknown = {}) => ({ url: `/${PLUGIN_ID}${path}`, method: 'POST' as const, data });
export const put = (path: string, data: unknown) => ({ url: `/${PLUGIN_ID}${path}`, method: 'PUT' as const, data });
export const del = (path: string) => ({ url: `/${PLUGIN_ID}${path}`, method: 'DELETE' as const });

/** Every answer is `{ data: … }`. */
export const dataOf = <T>(answer: { data: T }): T => answer.data;

export interface PageOf<T> {
  data: T[];
  meta: { pagination: Pagination };
}
