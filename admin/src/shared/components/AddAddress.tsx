import * as React from 'react';
import { Button, Field, Flex, TextInput } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { useFeedback } from '../hooks/useFeedback';
import { useText } from '../hooks/useText';

interface AddAddressProps {
  label: string;
  /** Saves it; what the server says against it stands below the field, where the address still is. */
  add(address: string): PromiseLike<object>;
}

/** One more address of a list that is saved at once. No form of its own: the page around it may be one. */
export function AddAddress({ label, add }: AddAddressProps) {
  const text = useText();
  const { describeFieldError } = useFeedback();
  const [typed, setTyped] = React.useState('');
  const [wrong, setWrong] = React.useState<string>();
  const [isBusy, setIsBusy] = React.useState(false);
  const submit = async () => {
    if (typed.trim() === '' || isBusy) return;
    setIsBusy(true);
    const answer = await add(typed.trim());
    setIsBusy(false);
    if ('error' in answer) return setWrong(describeFieldError(answer.error));
    setTyped('');
  };
  return (
    <Field.Root name="address" error={wrong}>
      <Flex gap={2} alignItems="stretch">
        <TextInput
          type="email"
          size="S"
          autoComplete="off"
          aria-label={label}
          placeholder={text('people.addressPlaceholder')}
          value={typed}
          onChange={(event: React.ChangeEvent<HTMLInputElement>) => {
            setTyped(event.target.value);
            setWrong(undefined);
          }}
          onKeyDown={(event: React.KeyboardEvent) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            void submit();
          }}
        />
        <Button type="button" variant="tertiary" size="S" startIcon={<Plus />} disabled={!typed.trim()} loading={isBusy} onClick={submit}>
          {text('people.add')}
        </Button>
      </Flex>
      <Field.Error />
    </Field.Root>
  );
}
