/**
 * Which room may know which: see docs/architecture.md. `npm run lint` fails on an import that crosses a wall.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const room = (...names) => `^server/services/(${names.join('|')})/`;

/**
 * The layers of the server, lowest first. A row holds rooms by name, with the paths where the name does not say it. An import goes
 * within its room or to a lower layer: never up, and never to another room of its layer.
 */
const LAYERS = [
  { shared: '^shared/' },
  { types: '^server/content-types/' },
  { lib: [room('lib'), '^server/services/(counters|due-work|log|uids)\\.ts$'] },
  { platform: room('platform') },
  { storage: room('storage'), network: room('network') },
  { settings: room('settings') },
  { message: room('message'), graph: room('graph') },
  { mailbox: room('mailbox'), oauth: room('oauth') },
  { rule: room('rule'), helpdesk: room('helpdesk') },
  { action: room('action'), times: room('times') },
  { outgoing: room('outgoing') },
  { scanner: room('scanner'), inbox: room('inbox') },
  { telling: room('telling'), automation: room('automation') },
  { operations: room('operations') },
  { privacy: room('privacy') },
  { engine: room('engine') },
  { http: '^server/(controllers/|routes/|cron/|(content-api|permissions)\\.ts$)' },
  { start: ['^server/(index|extend|(parse|checkpoint)\\.worker)\\.ts$', '^server/services/index\\.ts$', '^strapi-server\\.ts$'] },
];

const pathsOf = (layer) => Object.values(layer).flat();

/** One rule a room: what it may not import. */
const layerRules = LAYERS.flatMap((layer, level) =>
  Object.entries(layer).map(([name, own]) => {
    const beside = Object.keys(layer).filter((other) => other !== name);
    const above = LAYERS.slice(level + 1).flatMap(pathsOf);
    return {
      name: `layer-${name}`,
      comment: `${name} may import lower layers only.`,
      severity: 'error',
      from: { path: own },
      to: { path: [...beside.flatMap((other) => layer[other]), ...above] },
    };
  }),
).filter(({ to }) => to.path.length > 0);

module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'pure-rooms',
      comment: 'message/ and rule/ are pure functions: no Strapi, no socket, no file, no other room but lib/.',
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
        pathNot: [room('message', 'rule', 'lib'), 'nodemailer/.*/(addressparser|mime-funcs)'],
      },
    },
    {
      name: 'lib-is-pure',
      comment: 'Small pure helpers that any room may use.',
      severity: 'error',
      from: { path: room('lib') },
      to: { path: ['^node:(net|tls|fs|http|https|dns|child_process|worker_threads)', '@strapi/'] },
    },
    {
      name: 'mailbox-knows-no-ticket',
      comment: 'It speaks IMAP, POP3 and by requests to Microsoft Graph, and needs neither database nor settings.',
      severity: 'error',
      from: { path: room('mailbox') },
      to: { path: '^server/', pathNot: [room('mailbox', 'lib'), '^server/services/graph/(client|errors)'] },
    },
    {
      name: 'actions-touch-no-mailbox',
      comment: 'Actions and the helpdesk return effects; only the scanner applies them. They may name the effects.',
      severity: 'error',
      from: { path: room('action', 'helpdesk', 'inbox', 'outgoing') },
      to: { path: room('mailbox'), pathNot: '^server/services/mailbox/types' },
    },
    {
      name: 'inbox-serves-people',
      comment: 'What people do at the panel is called by controllers, cron and what tells people alone: mail is handled without it.',
      severity: 'error',
      from: { path: '^server/services/', pathNot: room('inbox', 'telling') },
      to: { path: room('inbox') },
    },
    {
      name: 'controllers-hold-no-transaction',
      comment: 'A change is one transaction with its read, in a service. That controllers reach no strapi.db is a rule of eslint.',
      severity: 'error',
      from: { path: '^server/controllers/' },
      to: { path: '^server/services/storage/(tables|records|links|insert|chunks)' },
    },
    {
      name: 'every-file-has-a-layer',
      comment: 'A new room stands in LAYERS.',
      severity: 'error',
      from: { path: '^server/', pathNot: LAYERS.flatMap(pathsOf) },
      to: {},
    },
    {
      name: 'shared-knows-no-half',
      comment: 'What both halves agree on: plain words and types, which run in a browser and in Node.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { pathNot: '^shared/' },
    },
    {
      name: 'halves-apart',
      comment: 'The panel speaks to the server by HTTP alone. What both agree on stands in shared/.',
      severity: 'error',
      from: { path: '^(admin/|strapi-admin)' },
      to: { path: '^(server/|strapi-server)' },
    },
    { name: 'halves-apart-too', severity: 'error', from: { path: '^(server/|strapi-server)' }, to: { path: '^(admin/|strapi-admin)' } },
    {
      name: 'features-apart',
      comment:
        'A feature of the panel knows its own files, shared/ and api/; shared/ knows api/ and no feature. Only an index.tsx, which lists routes or tabs, shows a page of another feature.',
      severity: 'error',
      from: { path: '^admin/src/([^/]+)/(?!index\\.tsx$)' },
      to: { path: '^admin/src/', pathNot: '^admin/src/($1|shared|api|translations)/|^admin/src/pluginId' },
    },
    {
      name: 'api-stands-below',
      comment: 'A file of api/ names requests and their types: it shows nothing.',
      severity: 'error',
      from: { path: '^admin/src/api/' },
      to: { path: '^admin/src/', pathNot: '^admin/src/(api/|pluginId)' },
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
