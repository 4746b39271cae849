import { ChartPie, Discuss } from '@strapi/icons';
import type { StrapiApp } from '@strapi/strapi/admin';
import { MenuIcon } from './inbox/MenuIcon';
import { permissions } from './shared/permissions';
import { PLUGIN_ID } from './pluginId';
import en from './translations/en.json';
import { getTrad } from './shared/utils/getTrad';

const label = (key: keyof typeof en) => ({ id: getTrad(key), defaultMessage: en[key] });

/** The pages under Settings → Mail Scanner, each with the permission that shows it. */
const SETTINGS_LINKS = [
  {
    id: 'mail-scanner-scanners',
    to: `${PLUGIN_ID}/scanners`,
    intlLabel: label('settings.scanners'),
    permissions: permissions.readScanners,
    Component: () => import('./scanners').then(({ Scanners }) => ({ default: Scanners })),
  },
  {
    id: 'mail-scanner-oauth',
    to: `${PLUGIN_ID}/oauth`,
    intlLabel: label('settings.oauth'),
    permissions: permissions.manageScanners,
    Component: () => import('./oauth').then(({ OAuth }) => ({ default: OAuth })),
  },
  {
    id: 'mail-scanner-scan-log',
    to: `${PLUGIN_ID}/scan-log`,
    intlLabel: label('settings.scanLog'),
    permissions: permissions.readScanLog,
    Component: () => import('./scan-log').then(({ ScanLog }) => ({ default: ScanLog })),
  },
  {
    id: 'mail-scanner-block-list',
    to: `${PLUGIN_ID}/block-list`,
    intlLabel: label('blocks.title'),
    permissions: permissions.manageBlockList,
    Component: () => import('./block-list').then(({ BlockList }) => ({ default: BlockList })),
  },
  {
    id: 'mail-scanner-health',
    to: `${PLUGIN_ID}/health`,
    intlLabel: label('settings.health'),
    permissions: permissions.readScanners,
    Component: () => import('./health').then(({ Health }) => ({ default: Health })),
  },
  {
    id: 'mail-scanner-outgoing-mail',
    to: `${PLUGIN_ID}/outgoing-mail`,
    intlLabel: label('outgoing.title'),
    permissions: permissions.manageOutgoingMail,
    Component: () => import('./outgoing').then(({ OutgoingMailPage }) => ({ default: OutgoingMailPage })),
  },
  {
    id: 'mail-scanner-email-templates',
    to: `${PLUGIN_ID}/email-templates`,
    intlLabel: label('settings.emailTemplates'),
    permissions: permissions.manageEmailTemplates,
    Component: () => import('./outgoing/templates').then(({ EmailTemplates }) => ({ default: EmailTemplates })),
  },
  {
    id: 'mail-scanner-canned-replies',
    to: `${PLUGIN_ID}/canned-replies`,
    intlLabel: label('settings.cannedReplies'),
    permissions: permissions.keepReplies,
    Component: () => import('./canned-replies').then(({ CannedReplies }) => ({ default: CannedReplies })),
  },
  {
    id: 'mail-scanner-tags',
    to: `${PLUGIN_ID}/tags`,
    intlLabel: label('tags.title'),
    permissions: permissions.manageTags,
    Component: () => import('./tags').then(({ Tags }) => ({ default: Tags })),
  },
  {
    id: 'mail-scanner-statuses',
    to: `${PLUGIN_ID}/statuses`,
    intlLabel: label('statuses.title'),
    permissions: permissions.manageStatuses,
    Component: () => import('./statuses').then(({ Statuses }) => ({ default: Statuses })),
  },
  {
    id: 'mail-scanner-teams',
    to: `${PLUGIN_ID}/teams`,
    intlLabel: label('teams.title'),
    permissions: permissions.manageTeams,
    Component: () => import('./teams').then(({ Teams }) => ({ default: Teams })),
  },
  {
    id: 'mail-scanner-triggers',
    to: `${PLUGIN_ID}/triggers`,
    intlLabel: label('triggers.title'),
    permissions: permissions.manageScanners,
    Component: () => import('./rules/triggers').then(({ Triggers }) => ({ default: Triggers })),
  },
  {
    id: 'mail-scanner-webhooks',
    to: `${PLUGIN_ID}/webhooks`,
    intlLabel: label('webhooks.title'),
    permissions: permissions.manageScanners,
    Component: () => import('./webhooks').then(({ Webhooks }) => ({ default: Webhooks })),
  },
  {
    id: 'mail-scanner-additional-settings',
    to: `${PLUGIN_ID}/additional-settings`,
    intlLabel: label('settings.additional'),
    permissions: permissions.manageOutgoingMail,
    Component: () => import('./settings').then(({ AdditionalSettings }) => ({ default: AdditionalSettings })),
  },
];

export default {
  register(app: StrapiApp) {
    app.addSettingsLink({ id: PLUGIN_ID, intlLabel: label('plugin.name') }, SETTINGS_LINKS);
    app.addMenuLink({
      to: `plugins/${PLUGIN_ID}`,
      icon: MenuIcon,
      intlLabel: label('inbox.title'),
      permissions: permissions.readTickets,
      Component: () => import('./inbox').then(({ Helpdesk }) => ({ default: Helpdesk })),
    });
    app.addMenuLink({
      to: `plugins/${PLUGIN_ID}-reports`,
      icon: ChartPie,
      intlLabel: label('reports.title'),
      permissions: permissions.readReports,
      Component: () => import('./reports').then(({ Reports }) => ({ default: Reports })),
    });
    app.widgets.register({
      id: 'helpdesk',
      pluginId: PLUGIN_ID,
      icon: Discuss,
      title: label('inbox.title'),
      component: () => import('./inbox/widgets/HelpdeskWidget').then(({ HelpdeskWidget }) => HelpdeskWidget),
      link: { label: label('inbox.openHelpdesk'), href: `/plugins/${PLUGIN_ID}` },
      permissions: permissions.readAllTickets,
    });
    app.widgets.register({
      id: 'my-tickets',
      pluginId: PLUGIN_ID,
      icon: Discuss,
      title: label('inbox.mine'),
      component: () => import('./inbox/widgets/MyTicketsWidget').then(({ MyTicketsWidget }) => MyTicketsWidget),
      link: { label: label('inbox.openHelpdesk'), href: `/plugins/${PLUGIN_ID}?view=mine` },
      permissions: permissions.readOwnTickets,
    });
    app.registerPlugin({ id: PLUGIN_ID, name: 'Mail Scanner' });
  },

  async registerTrads({ locales }: { locales: string[] }) {
    return Promise.all(
      locales.map(async (locale) => {
        try {
          const [{ default: texts }, { default: sentences }] = await Promise.all([
            import(`./translations/${locale}.json`),
            locale === 'en' ? { default: {} } : import(`./translations/server/${locale}.json`),
          ]);
          const spoken = Object.entries<string>(sentences).map(([name, text]) => [`server.${name}`, text]);
          return {
            locale,
            data: Object.fromEntries([...Object.entries<string>(texts), ...spoken].map(([key, text]) => [getTrad(key), text])),
          };
        } catch {
          return { locale, data: {} };
        }
      }),
    );
  },
};
