/**
 * Which room may know which: see docs/architecture.md. `npm run lint` fails on an import that crosses a wall.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const room = (...names) => `^server/services/(${names.join('|')})/`;

module.exports = {
  forbidden: [
    {
      name: 'pure-rooms',
      comment: 'message/ and rule/ are pure functions: no Strapi, no socket, no file, no other room.',
      severity: 'error',
      from: { path: room('message', 'rule') },
      to: {
        path: [
          '^server/',
          '^node:(net|tls|fs|http|https|dns|child_process|worker_threads)',
          '^(net|tls|fs|http|https|dns|child_process|worker_threads)$',
          '@strapi/strapi',
          'imapflow',
          'nodemailer',
        ],
        pathNot: [room('message', 'rule'), 'nodemailer/.*/addressparser'],
      },
    },
    {
      name: 'platform-knows-no-room',
      severity: 'error',
      from: { path: room('platform') },
      to: { path: '^server/', pathNot: room('platform') },
    },
    {
      name: 'lib-stands-below',
      comment: 'Small pure helpers that any room may use.',
      severity: 'error',
      from: { path: room('lib') },
      to: { path: ['^server/', '^node:(net|tls|fs|http|https|dns|child_process|worker_threads)', '@strapi/'], pathNot: room('lib') },
    },
    {
      name: 'mailbox-knows-no-ticket',
      severity: 'error',
      from: { path: room('mailbox') },
      to: { path: '^server/', pathNot: room('mailbox', 'lib') },
    },
    {
      name: 'actions-touch-no-mailbox',
      comment: 'Actions and the helpdesk return effects; only the scanner applies them. They may name the effects.',
      severity: 'error',
      from: { path: room('action', 'helpdesk', 'inbox', 'outgoing') },
      to: { path: [room('mailbox'), room('scanner')], pathNot: '^server/services/mailbox/types' },
    },
    {
      name: 'helpdesk-knows-no-email',
      comment: 'The records and what holds for them. Emails about them (outgoing/) and who works with them (inbox/) stand above.',
      severity: 'error',
      from: { path: room('helpdesk') },
      to: { path: room('action', 'engine', 'inbox', 'operations', 'outgoing', 'privacy') },
    },
    {
      name: 'inbox-serves-people',
      comment: 'What people do at the panel is called by controllers and cron alone: mail is handled without it.',
      severity: 'error',
      from: { path: '^server/services/', pathNot: room('inbox') },
      to: { path: room('inbox') },
    },
    {
      name: 'services-know-no-http',
      severity: 'error',
      from: { path: '^server/services/' },
      to: { path: '^server/(controllers|routes|cron)/' },
    },
    {
      name: 'halves-apart',
      comment: 'The panel speaks to the server by HTTP alone.',
      severity: 'error',
      from: { path: '^(admin/|strapi-admin)' },
      to: { path: '^(server/|strapi-server)' },
    },
    { name: 'halves-apart-too', severity: 'error', from: { path: '^(server/|strapi-server)' }, to: { path: '^(admin/|strapi-admin)' } },
    {
      name: 'features-apart',
      comment:
        'A feature of the panel knows its own files, shared/ and the api/ of others; shared/ knows no feature but its api/. Only an index.tsx, which lists routes or tabs, shows a page of another feature.',
      severity: 'error',
      from: { path: '^admin/src/([^/]+)/(?!index\\.tsx$)' },
      to: { path: '^admin/src/', pathNot: ['^admin/src/($1|shared|translations)/', '^admin/src/[^/]+/api/'] },
    },
    {
      name: 'api-stands-below',
      comment: 'A file under api/ names requests and their types: it shows nothing.',
      severity: 'error',
      from: { path: '^admin/src/[^/]+/api/' },
      to: { path: '^admin/src/', pathNot: ['^admin/src/[^/]+/api/', '^admin/src/shared/pluginId'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-tests-in-product',
      severity: 'error',
      from: { path: '^(server|admin)/' },
      to: { path: '^(tests|bench|scripts|playground)/' },
    },
    {
      name: 'declared-dependencies',
      severity: 'error',
      from: { path: '^server/' },
      to: {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'],
        // The build puts services/platform/strapi-utils.ts in the place of @strapi/utils.
        pathNot: ['^node_modules/@types/', 'node_modules/(koa|knex|@strapi/utils)/'],
        dependencyTypesNot: ['npm-peer'],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
