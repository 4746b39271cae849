import { Grid } from '@strapi/design-system';
import { InputRenderer } from '@strapi/strapi/admin';
import type { Account } from '../api/people';
import { Cell } from '../shared/components/Cell';
import { Panel } from '../shared/components/Panel';
import { useText } from '../shared/hooks/useText';

export type AccountValues = Pick<Account, 'name' | 'domain' | 'email'>;

/** What an organisation is called, and which new contacts belong to it. */
export function AccountFields({ disabled }: { disabled: boolean }) {
  const text = useText();
  return (
    <Panel title={text('inbox.account')}>
      <Grid.Root gap={5}>
        <Cell>
          <InputRenderer type="string" name="name" label={text('people.name')} required disabled={disabled} />
        </Cell>
        <Cell>
          <InputRenderer type="string" name="domain" label={text('people.domain')} hint={text('people.domainHint')} disabled={disabled} />
        </Cell>
        <Cell>
          <InputRenderer type="email" name="email" label={text('people.email')} disabled={disabled} />
        </Cell>
      </Grid.Root>
    </Panel>
  );
}
