import { Button, Flex, Typography } from '@strapi/design-system';
import { Lightning } from '@strapi/icons';
import { useForm } from '@strapi/strapi/admin';
import { useTestConnectionMutation, type ConnectionTest } from '../api/scanners';
import { Notice } from '../shared/components/Notice';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useServerText } from '../shared/hooks/useServerText';
import { useText, type TextKey } from '../shared/hooks/useText';
import { changeOf, type ScannerValues } from './scannerValues';

/** Connects with what the form holds, saved or not, and says what was found or what to do. */
export function ConnectionTestPanel({ id }: { id?: string }) {
  const text = useText();
  const { failure, fieldErrors } = useFeedback();
  const values = useForm('ConnectionTest', (form) => form.values) as ScannerValues;
  const setErrors = useForm('ConnectionTest', (form) => form.setErrors);
  const [test, { data: result, isLoading }] = useTestConnectionMutation();
  const run = async () => {
    const answer = await test({ id, data: changeOf(values) });
    if (!('error' in answer)) return;
    const errors = fieldErrors(answer.error!);
    if (errors) setErrors(errors);
    failure(answer.error!);
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Flex>
        <Button type="button" variant="secondary" startIcon={<Lightning />} onClick={run} loading={isLoading}>
          {text('test.button')}
        </Button>
      </Flex>
      {result && !isLoading && <Result result={result} />}
    </Flex>
  );
}

const ABILITIES = ['folders', 'readFlags', 'move', 'push'] as const;

function Result({ result }: { result: ConnectionTest }) {
  const text = useText();
  const serverText = useServerText();
  if (!result.ok) {
    return (
      <Notice variant="danger" live title={text('test.failed')}>
        {serverText(result.message, result.messageSaid)}
      </Notice>
    );
  }
  const able = ABILITIES.filter((ability) => result.capabilities[ability]);
  return (
    <Notice variant="success" live title={text('test.works', { count: result.folders.length })}>
      <Typography>{result.folders.map(({ path }) => path).join(' · ')}</Typography>
      {result.slowNews && <Typography>{serverText(result.slowNews, result.slowNewsSaid)}</Typography>}
      <Typography textColor="neutral600">{able.map((ability) => text(`test.${ability}` as TextKey)).join(' · ')}</Typography>
    </Notice>
  );
}
