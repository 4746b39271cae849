import { Button, Flex, Grid, LinkButton } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import { Blocker, Form, Layouts, Page, type FormHelpers } from '@strapi/strapi/admin';
import { NavLink, useNavigate, useParams } from 'react-router-dom';
import { useCreateScannerMutation, useScannerQuery, useUpdateScannerMutation } from '../../api/scanners';
import { Back } from '../../components/Back';
import { KeptForm } from '../../components/oauth/KeptForm';
import { Panel } from '../../components/Panel';
import { useAllowed } from '../../utils/useAllowed';
import { useFeedback } from '../../utils/useFeedback';
import { useText } from '../../utils/useText';
import { ConnectionFields } from './ConnectionFields';
import { ConnectionTestPanel } from './ConnectionTestPanel';
import { AnswerFields, GeneralFields, ScanFields } from './ScannerFields';
import { changeOf, NEW_SCANNER, valuesOf, type ScannerValues } from './scannerValues';

/** How a mailbox is reached. A new one is saved inactive, and its rules come next. */
export function ScannerForm() {
  const text = useText();
  const navigate = useNavigate();
  const { scannerId: id } = useParams();
  const { canManageScanners, isLoading: isAsking } = useAllowed();
  const { success, failure, fieldErrors } = useFeedback();
  const { data: scanner, isLoading, error } = useScannerQuery(id ?? '', { skip: !id });
  const [create] = useCreateScannerMutation();
  const [update] = useUpdateScannerMutation();

  if (isLoading || isAsking) return <Page.Loading />;
  if (error) return <Page.Error />;
  if (!id && !canManageScanners) return <Page.NoPermissions />;

  const save = async (values: ScannerValues, { setErrors, resetForm }: FormHelpers<ScannerValues>) => {
    const answer = id ? await update({ id, data: changeOf(values) }) : await create(changeOf(values));
    if ('error' in answer) {
      const errors = fieldErrors(answer.error!);
      if (errors) setErrors(errors as never);
      return failure(answer.error!);
    }
    resetForm({ ...values, password: '' });
    success(text(id ? 'common.saved' : 'scanner.created', { name: values.name }));
    if (!id) navigate(`../${answer.data.documentId}/rules`, { replace: true });
  };

  return (
    <Page.Main>
      <Page.Title>{scanner?.name ?? text('scanners.add')}</Page.Title>
      <Form<ScannerValues> method={id ? 'PUT' : 'POST'} initialValues={scanner ? valuesOf(scanner) : NEW_SCANNER} disabled={!canManageScanners} onSubmit={save}>
        {({ modified, isSubmitting, disabled, values }) => (
          <>
            <Layouts.Header
              navigationAction={<Back to=".." />}
              title={scanner?.name ?? text('scanners.add')}
              subtitle={text('scanner.subtitle')}
              secondaryAction={
                id && (
                  <LinkButton tag={NavLink} variant="secondary" size="S" fullWidth to="rules">
                    {text('rules.title')}
                  </LinkButton>
                )
              }
              primaryAction={
                canManageScanners && (
                  <Button type="submit" startIcon={<Check />} disabled={!modified} loading={isSubmitting} size="S" fullWidth>
                    {text('common.save')}
                  </Button>
                )
              }
            />
            <Layouts.Content>
              <Flex direction="column" alignItems="stretch" gap={6}>
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
                <Panel title={text('scanner.answers')} hint={text('scanner.answersHint')}>
                  <Grid.Root gap={5}>
                    <AnswerFields disabled={disabled} />
                  </Grid.Root>
                </Panel>
              </Flex>
            </Layouts.Content>
            <KeptForm />
            <Blocker />
          </>
        )}
      </Form>
    </Page.Main>
  );
}
