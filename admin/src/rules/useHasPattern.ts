import { useField } from '@strapi/strapi/admin';
import type { ConditionGroup } from '../api/rules';

/** Whether a condition of the rule has a pattern, of which groups may fill fields. */
export function useHasPattern(): boolean {
  const { value } = useField<ConditionGroup>('conditions');
  return value ? hasPattern(value) : false;
}

const hasPattern = ({ rules }: ConditionGroup): boolean =>
  rules.some((rule) => ('rules' in rule ? hasPattern(rule) : rule.operator === 'matches'));
