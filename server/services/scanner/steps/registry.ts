import { errors } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import { blockedSender } from './blocked-sender';
import { bounce } from './bounce';
import { customer } from './customer';
import { forwardAnswer } from './forward-answer';
import { knownAlready } from './known-already';
import { listAuthor } from './list-author';
import { noticeAnswer } from './notice-answer';
import { otherDesk } from './other-desk';
import { ownAlert } from './own-alert';
import { ownMail } from './own-mail';
import { rules } from './rules';
import type { SiteStep, Step } from './types';
import { unreadable } from './unreadable';

/** The steps by which a message is judged, in their order. A new one is a file in this folder and a name in this list. */
const BUILT_IN: readonly Step[] = [
  knownAlready,
  otherDesk,
  listAuthor,
  unreadable,
  ownAlert,
  ownMail,
  bounce,
  noticeAnswer,
  customer,
  blockedSender,
  forwardAnswer,
  rules,
];

/** Where a step of a site stands: directly beside the step of that name. */
export type StepPlace = { before: string } | { after: string };

/**
 * The steps of this Strapi. Another plugin or the site adds one in its register() or bootstrap():
 * `strapi.plugin('mail-scanner').service('steps').register({ name, decide }, { before: 'rules' })`.
 */
const steps = (_: { strapi: Core.Strapi }) => {
  const places = new Map<Step, StepPlace>();
  const list: Step[] = [...BUILT_IN];
  return {
    /** Throws when there is a step of that name already, or none of the name that it is to stand beside. Several at one place keep their order. */
    register(step: SiteStep, place: StepPlace): void {
      if (list.some(({ name }) => name === step.name))
        throw new errors.ApplicationError(`There is already a mail scanner step "${step.name}".`);
      const beside = 'before' in place ? place.before : place.after;
      const found = list.findIndex(({ name }) => name === beside);
      if (found < 0)
        throw new errors.ApplicationError(
          `There is no mail scanner step "${beside}" that "${step.name}" could stand beside. There are ${list.map(({ name }) => name).join(', ')}.`,
        );
      // Behind those that were placed after it earlier.
      const behind = list.slice(found + 1).findIndex((other) => !isAfter(places.get(other), beside));
      const index = 'before' in place ? found : behind < 0 ? list.length : found + 1 + behind;
      list.splice(index, 0, step);
      places.set(step, place);
    },
    /** In the order in which they judge. */
    all: (): readonly Step[] => list,
  };
};

const isAfter = (place: StepPlace | undefined, name: string): boolean => place !== undefined && 'after' in place && place.after === name;

export default steps;
export type StepRegistry = ReturnType<typeof steps>;

export const stepsOf = (strapi: Core.Strapi): readonly Step[] =>
  (strapi.plugin('mail-scanner').service('steps') as unknown as StepRegistry).all();
