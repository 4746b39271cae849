export default {
  config: { locales: ['de', 'fi', 'fr', 'es', 'sv'], tutorials: false, notifications: { releases: false } },
  bootstrap() {},
};
