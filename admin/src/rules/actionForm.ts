import type { RuleSchema } from '../api/rules';
import type { RuleWords } from '../shared/hooks/useRuleWords';

export interface ActionsEditorProps {
  schema: RuleSchema;
  words: RuleWords;
  scannerId: string;
  disabled: boolean;
}

/** What the form of one action gets. */
export interface ActionFormProps extends ActionsEditorProps {
  config: Record<string, unknown>;
  onChange(config: Record<string, unknown>): void;
}
