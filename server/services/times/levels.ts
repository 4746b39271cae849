import type { Core } from '@strapi/strapi';
import type { ServiceLevels } from '../../../shared/api/service-levels';
import { changeServiceLevels } from '../settings/settings';
import { inTransaction } from '../storage/tables';
import { measureAllAgain } from './measure';

/** Saves business hours and targets. Whatever is due by them is measured again, without anybody waiting for it. See `changeStored`. */
export const saveServiceLevels = (strapi: Core.Strapi, change: (before: ServiceLevels) => ServiceLevels): Promise<ServiceLevels> =>
  inTransaction(strapi, async () => {
    const saved = await changeServiceLevels(strapi, change);
    await measureAllAgain(strapi);
    return saved;
  });
