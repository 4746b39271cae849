import { Button, Field, Flex, Grid, IconButton, TextInput, Typography } from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';
import { Page, useField, type FormHelpers } from '@strapi/strapi/admin';
import { useContentLinksQuery, useSaveContentLinksMutation, type ContentLink, type LinkableType } from '../api/content';
import { Cell } from '../shared/components/Cell';
import { Choice } from '../shared/components/Choice';
import { SaveForm, SavePanel } from '../shared/components/SaveForm';
import { useSave } from '../shared/hooks/useSave';
import { useText } from '../shared/hooks/useText';

/** As a select holds it: '' for none. */
interface Values {
  links: (Omit<ContentLink, 'text'> & { text: string })[];
}

const valuesOf = (links: ContentLink[]): Values => ({ links: links.map((link) => ({ ...link, text: link.text ?? '' })) });

/** Which of the site's content "/" offers to whoever writes an answer. */
export function ContentLinksForm() {
  const text = useText();
  const save = useSave();
  const { data, error } = useContentLinksQuery(undefined, { refetchOnMountOrArgChange: true });
  const [update] = useSaveContentLinksMutation();
  if (error) return <Page.Error />;
  if (!data) return <Page.Loading />;
  const submit = ({ links }: Values, helpers: FormHelpers<Values>) =>
    save(update(links.map((link) => ({ ...link, url: link.url || '', text: link.text || null }))), helpers, (saved) => ({
      values: valuesOf(saved.links),
      message: text('common.saved', { name: text('content.title') }),
    }));
  return (
    <SaveForm<Values> initialValues={valuesOf(data.links)} onSave={submit}>
      {() => (
        <SavePanel title={text('content.title')} hint={text('content.hint')} canSave={data.available.length > 0}>
          {data.available.length > 0 ? (
            <Links available={data.available} />
          ) : (
            <Typography textColor="neutral800">{text('content.none')}</Typography>
          )}
        </SavePanel>
      )}
    </SaveForm>
  );
}

function Links({ available }: { available: LinkableType[] }) {
  const { value: links = [], onChange } = useField<Values['links']>('links');
  const free = available.filter(({ uid }) => !links.some((link) => link.uid === uid));
  const add = ({ uid, titles }: LinkableType) => onChange('links', [...links, { uid, title: titles[0], url: '', text: '' }]);
  return (
    <Flex direction="column" alignItems="stretch" gap={5}>
      {links.map(({ uid }, index) => (
        <Link
          // The order does not change; what is removed takes its fields with it.
          key={uid}
          name={`links.${index}`}
          type={available.find((type) => type.uid === uid) ?? { uid, name: uid, titles: [], placeholders: [], texts: [] }}
          onRemove={() =>
            onChange(
              'links',
              links.filter((link) => link.uid !== uid),
            )
          }
        />
      ))}
      <Flex gap={2} wrap="wrap">
        {free.map((type) => (
          <Button key={type.uid} type="button" variant="secondary" startIcon={<Plus />} onClick={() => add(type)}>
            {type.name}
          </Button>
        ))}
      </Flex>
    </Flex>
  );
}

function Link({ name, type, onRemove }: { name: string; type: LinkableType; onRemove(): void }) {
  const text = useText();
  const { error } = useField(`${name}.uid`);
  const options = (names: string[]) => names.map((value) => ({ value, label: value }));
  return (
    <Flex tag="section" aria-label={type.name} direction="column" alignItems="stretch" gap={3}>
      <Flex justifyContent="space-between" gap={3}>
        <Typography variant="delta" tag="h3">
          {type.name}
        </Typography>
        <IconButton type="button" variant="ghost" label={text('compose.remove', { name: type.name })} onClick={onRemove}>
          <Trash />
        </IconButton>
      </Flex>
      {error && <Typography textColor="danger600">{error}</Typography>}
      <Grid.Root gap={5}>
        <Cell>
          <Choice
            name={`${name}.title`}
            label={text('content.titleOf')}
            hint={text('content.titleOfHint')}
            options={options(type.titles)}
          />
        </Cell>
        <Cell>
          <Choice
            name={`${name}.text`}
            label={text('content.text')}
            hint={text('content.textHint')}
            options={[{ value: '', label: text('content.noText') }, ...options(type.texts)]}
          />
        </Cell>
        <Grid.Item col={12} direction="column" alignItems="stretch">
          <Address name={`${name}.url`} placeholders={type.placeholders} />
        </Grid.Item>
      </Grid.Root>
    </Flex>
  );
}

function Address({ name, placeholders }: { name: string; placeholders: string[] }) {
  const text = useText();
  const { value, onChange, error } = useField<string>(name);
  const names = placeholders.map((each) => `{${each}}`).join(', ');
  return (
    <Field.Root name={name} error={error} hint={text('content.urlHint', { names })}>
      <Field.Label>{text('content.url')}</Field.Label>
      <TextInput value={value ?? ''} onChange={onChange} placeholder="https://example.com/blog/{slug}" autoComplete="off" />
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}
