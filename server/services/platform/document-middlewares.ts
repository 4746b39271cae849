import type { Core } from '@strapi/strapi';

/** Strapi runs document middlewares and does not tell which there are. Bulk writes pass them by, so they are only done while there is none of a site. */

const foreignMiddlewares = new WeakMap<Core.Strapi, number>();
const addUncounted = new WeakMap<Core.Strapi, Core.Strapi['documents']['use']>();

/**
 * Counts the document middlewares that a site or another plugin adds from now on. To be called before any plugin's register(). Strapi's own
 * come before it and concern none of our types.
 */
export function watchDocumentMiddlewares(strapi: Core.Strapi): void {
  if (foreignMiddlewares.has(strapi)) return;
  foreignMiddlewares.set(strapi, 0);
  const { documents } = strapi;
  const use = documents.use.bind(documents);
  addUncounted.set(strapi, use);
  documents.use = (middleware) => {
    if (!isStrapisOwn(new Error().stack ?? '')) foreignMiddlewares.set(strapi, foreignMiddlewares.get(strapi)! + 1);
    return use(middleware);
  };
}

/** Adds one of the plugin's own, which bulk writes may pass by. */
export const addOwnMiddleware: (strapi: Core.Strapi, ...middleware: Parameters<Core.Strapi['documents']['use']>) => void = (
  strapi,
  ...middleware
) => void (addUncounted.get(strapi) ?? strapi.documents.use)(...middleware);

/** The first caller outside of this file: Strapi's own packages add middlewares for localisation, history and releases. */
function isStrapisOwn(stack: string): boolean {
  const caller = stack.split('\n')[2] ?? '';
  return /[\\/]node_modules[\\/]@strapi[\\/]/.test(caller);
}

/** Whether a site or another plugin has one. True where nobody counted: then Strapi's own way is the safe one. */
export const hasForeignMiddlewares = (strapi: Core.Strapi): boolean => (foreignMiddlewares.get(strapi) ?? 1) > 0;

export const missingForMiddlewares = (strapi: Core.Strapi): string | null =>
  typeof strapi.documents?.use === 'function' ? null : 'strapi.documents.use';
