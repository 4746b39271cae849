import { Grid, LinkButton } from '@strapi/design-system';
import { Page, type FormHelpers } from '@strapi/strapi/admin';
import { NavLink, useNavigate, useParams, useSearchParams } from 'react-router-dom';
import { useCreateScannerMutation, useScannerQuery, useUpdateScannerMutation } from '../api/scanners';
import { FormPage } from '../shared/components/FormPage';
import { KeptForm } from '../shared/oauth/KeptForm';
import { Panel } from '../shared/components/Panel';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useSave } from '../shared/hooks/useSave';
import { useText } from '../shared/hooks/useText';
import { ConnectionFields } from './ConnectionFields';
import { ConnectionTestPanel } from './ConnectionTestPanel';
import { AnswerFields, CustomerEmailFields, GeneralFields, ScanFields, SenderFields } from './ScannerFields';
import { changeOf, copyOf, NEW_SCANNER, valuesOf, type ScannerValues } from './scannerValues';
import { useActivation } from './useActivation';

/** How a mailbox is reached. A new one is saved inactive, and its rules come next. `?from=` names the scanner that a new one begins as. */
export function ScannerForm() {
  const text = useText();
  const navigate = useNavigate();
  const { scannerId: id } = useParams();
  const { canManageScanners, isLoading: isAsking } = useAllowed();
  const save = useSave();
  const [params] = useSearchParams();
  const rulesFrom = (!id && params.get('from')) || undefined;
  const { data, isLoading, error } = useScannerQuery(id ?? rulesFrom ?? '', { skip: !id && !rulesFrom });
  const scanner = id ? data : undefined;
  const [create] = useCreateScannerMutation();
  const [update] = useUpdateScannerMutation();
  const { activate, dialog } = useActivation();

  if (isLoading || isAsking) return <Page.Loading />;
  if (error) return <Page.Error />;
  if (!id && !canManageScanners) return <Page.NoPermissions />;

  const valuesOfNew = data ? copyOf(data, text('scanners.nameOfCopy', { name: data.name })) : NEW_SCANNER;
  const submit = async (values: ScannerValues, helpers: FormHelpers<ScannerValues>) => {
    // Asked about by itself, once the way to the mailbox is saved.
    const activates = values.active && !scanner?.active;
    const change = changeOf({ ...values, active: values.active && !activates });
    const saved = await save(id ? update({ id, data: change }) : create({ ...change, rulesFrom }), helpers, ({ name }) => ({
      values: { ...values, name, active: change.active!, password: '' },
      message: text(id ? 'common.saved' : 'scanner.created', { name }),
    }));
    if (saved && !id) navigate(`../${saved.documentId}/rules`, { replace: true });
    if (saved && activates) await activate(saved);
  };

  return (
    <FormPage<ScannerValues>
      title={scanner?.name ?? text('scanners.add')}
      subtitle={text('scanner.subtitle')}
      back=".."
      isNew={!id}
      canSave={canManageScanners}
      initialValues={scanner ? valuesOf(scanner) : valuesOfNew}
      onSave={submit}
      secondaryAction={
        id && (
          <LinkButton tag={NavLink} variant="secondary" size="S" fullWidth to="rules">
            {text('rules.title')}
          </LinkButton>
        )
      }
    >
      {({ disabled, values }) => (
        <>
          <Panel title={text('scanner.general')}>
            <Grid.Root gap={5}>
              <GeneralFields isNew={!id} disabled={disabled} />
            </Grid.Root>
          </Panel>
          <Panel title={text('scanner.mailbox')} hint={values.authType === 'password' ? text('scanner.mailboxHint') : undefined}>
            <ConnectionFields scanner={scanner} disabled={disabled} />
            {canManageScanners && <ConnectionTestPanel id={id} />}
          </Panel>
          <Panel title={text('scanner.scanning')}>
            <Grid.Root gap={5}>
              <ScanFields disabled={disabled} />
            </Grid.Root>
          </Panel>
          <Panel title={text('scanner.sender')}>
            <Grid.Root gap={5}>
              <SenderFields authserv={scanner?.authserv} disabled={disabled} />
            </Grid.Root>
          </Panel>
          <Panel title={text('scanner.answers')} hint={text('scanner.answersHint')}>
            <Grid.Root gap={5}>
              <AnswerFields disabled={disabled} />
              <CustomerEmailFields disabled={disabled} />
            </Grid.Root>
          </Panel>
          <KeptForm />
          {dialog}
        </>
      )}
    </FormPage>
  );
}
