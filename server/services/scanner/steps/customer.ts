import { correspondentsOf } from '../correspondents';
import type { Step } from './types';

/** Whose request it is: rules do not ask, actions do. */
export const customer: Step = {
  name: 'customer',
  decide(context) {
    Object.assign(context, correspondentsOf(context.scan, context.message));
    return null;
  },
};
