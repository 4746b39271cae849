import { Grid } from '@strapi/design-system';
import { InputRenderer, Page, type FormHelpers } from '@strapi/strapi/admin';
import { useLocation, useNavigate, useParams } from 'react-router-dom';
import { useCreateRuleMutation, useRuleQuery, useRuleSchemaQuery, useUpdateRuleMutation, type RuleInput } from '../api/rules';
import { useScannerQuery } from '../api/scanners';
import { Cell } from '../shared/components/Cell';
import { FormPage } from '../shared/components/FormPage';
import { Notice } from '../shared/components/Notice';
import { OnOff } from '../shared/components/OnOff';
import { Panel } from '../shared/components/Panel';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useRuleWords } from '../shared/hooks/useRuleWords';
import { useSave } from '../shared/hooks/useSave';
import { useText } from '../shared/hooks/useText';
import { ActionsEditor } from './ActionsEditor';
import { ConditionsEditor } from './ConditionsEditor';
import { FolderPicker } from './FolderPicker';
import { looksThroughSource } from './looksThroughSource';
import { startOf } from './ruleStart';
import { TryRule } from './TryRule';
import { inputOf } from './rulesFile';

const NEW_RULE: RuleInput = {
  name: '',
  active: true,
  folders: ['INBOX'],
  conditions: { combinator: 'and', rules: [] },
  actions: [
    { type: 'createContact', config: {} },
    { type: 'createOrUpdateTicket', config: {} },
  ],
  continueAfterMatch: false,
};

/** Folders, conditions and actions of a rule, with the sentence that they make. */
export function RuleEditor() {
  const text = useText();
  const navigate = useNavigate();
  const { scannerId = '', ruleId = 'create' } = useParams();
  const isNew = ruleId === 'create';
  const start = startOf(useLocation().state);
  const { canManageScanners, isLoading: isAsking } = useAllowed();
  const save = useSave();
  const { data: scanner } = useScannerQuery(scannerId);
  const { data: rule, error } = useRuleQuery(ruleId, { skip: isNew });
  const { data: schema, error: schemaError } = useRuleSchemaQuery();
  const words = useRuleWords(schema);
  const [create] = useCreateRuleMutation();
  const [update] = useUpdateRuleMutation();

  if (error || schemaError) return <Page.Error />;
  if (isAsking || !schema || !scanner || (!isNew && !rule)) return <Page.Loading />;
  if (isNew && !canManageScanners) return <Page.NoPermissions />;

  const submit = async (values: RuleInput, helpers: FormHelpers<RuleInput>) => {
    const request = isNew ? create({ scanner: scannerId, data: values }) : update({ id: ruleId, data: values });
    const saved = await save(request, helpers, ({ name }) => ({ values: { ...values, name }, message: text('common.saved', { name }) }));
    if (saved && isNew) navigate(`../${scannerId}/rules`, { replace: true });
  };

  return (
    <FormPage<RuleInput>
      title={rule?.name ?? text('rules.add')}
      subtitle={scanner.name}
      back={`../${scannerId}/rules`}
      isNew={isNew}
      canSave={canManageScanners}
      canSaveAsItIs={isNew && start !== null}
      initialValues={rule ? inputOf(rule) : { ...NEW_RULE, ...start?.rule }}
      onSave={submit}
    >
      {({ values, disabled }) => (
        <>
          {isNew && start?.message && <Notice variant="info">{text('rule.madeFrom')}</Notice>}
          <Notice variant="info" title={text('rule.inWords')}>
            {words.sentence(values)}
          </Notice>
          {looksThroughSource(values) && <Notice variant="warning">{text('rules.sourceWarning')}</Notice>}
          <Panel title={text('scanner.general')}>
            <Grid.Root gap={5}>
              <Cell col={5}>
                <InputRenderer type="string" name="name" label={text('scanners.name')} required disabled={disabled} />
              </Cell>
              <Cell col={3}>
                <OnOff name="active" label={text('scanners.active')} disabled={disabled} />
              </Cell>
              <Cell col={4}>
                <OnOff name="continueAfterMatch" label={text('rule.continue')} hint={text('rule.continueHint')} disabled={disabled} />
              </Cell>
            </Grid.Root>
          </Panel>
          <Panel title={text('rule.folders')} hint={text('rule.foldersHint')}>
            <FolderPicker scannerId={scannerId} protocol={scanner.protocol} disabled={disabled} />
          </Panel>
          <Panel title={text('rule.conditions')} hint={text('rule.conditionsHint')}>
            <ConditionsEditor schema={schema} words={words} disabled={disabled} />
          </Panel>
          <Panel title={text('rule.actions')} hint={text('rule.actionsHint')}>
            <ActionsEditor schema={schema} words={words} scannerId={scannerId} disabled={disabled} />
          </Panel>
          {canManageScanners && (
            <TryRule
              scannerId={scannerId}
              ruleId={isNew ? undefined : ruleId}
              values={values}
              message={isNew ? start?.message : undefined}
            />
          )}
        </>
      )}
    </FormPage>
  );
}
