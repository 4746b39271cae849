import { Box, Grid, Link as PageLink } from '@strapi/design-system';
import { InputRenderer } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import { Link } from 'react-router-dom';
import type { ContactChange, ContactRow } from '../api/people';
import { LANGUAGES, type Language } from '../../../shared/vocabulary';
import { Cell } from '../shared/components/Cell';
import { Choice } from '../shared/components/Choice';
import { Panel } from '../shared/components/Panel';
import { useText } from '../shared/hooks/useText';
import { placeOfAccount } from '../shared/helpdesk/places';
import { AccountField } from './AccountField';

/** A field without a value would show its placeholder. */
const UNKNOWN = 'unknown';

export type ContactValues = Pick<ContactRow, 'firstName' | 'lastName' | 'email' | 'phone' | 'account'> & {
  language: Language | typeof UNKNOWN;
  notes: string | null;
};

export const NEW_CONTACT: ContactValues = {
  firstName: null,
  lastName: null,
  email: '',
  phone: null,
  account: null,
  language: UNKNOWN,
  notes: null,
};

/** The form's values as the server takes them. */
export const changeOf = ({ account, language, email, ...texts }: ContactValues): ContactChange => ({
  email,
  // What is emptied is not known any more.
  ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text || null])),
  account: account?.documentId ?? null,
  language: language === UNKNOWN ? null : language,
});

export const valuesOf = ({
  firstName,
  lastName,
  email,
  phone,
  account,
  language,
  notes,
}: ContactRow & { notes: string | null }): ContactValues => ({
  firstName,
  lastName,
  email,
  phone,
  account,
  language: language ?? UNKNOWN,
  notes,
});

/** Who a contact is. `account` is the one that it belongs to already. */
export function ContactFields({ account, disabled }: { account: ContactRow['account']; disabled: boolean }) {
  const text = useText();
  const { locale } = useIntl();
  const names = new Intl.DisplayNames([locale], { type: 'language' });
  const languages = LANGUAGES.map((language) => ({ value: language, label: names.of(language) ?? language }));
  return (
    <Panel title={text('inbox.contact')}>
      <Grid.Root gap={5}>
        <Cell>
          <InputRenderer type="string" name="firstName" label={text('people.firstName')} disabled={disabled} />
        </Cell>
        <Cell>
          <InputRenderer type="string" name="lastName" label={text('people.lastName')} disabled={disabled} />
        </Cell>
        <Cell>
          <InputRenderer type="email" name="email" label={text('people.email')} required disabled={disabled} />
        </Cell>
        <Cell>
          <InputRenderer type="string" name="phone" label={text('people.phone')} disabled={disabled} />
        </Cell>
        <Cell>
          <Choice
            name="language"
            label={text('people.language')}
            hint={text('people.languageHint')}
            options={[{ value: UNKNOWN, label: text('people.languageUnknown') }, ...languages]}
            disabled={disabled}
          />
        </Cell>
        <Cell>
          <AccountField name="account" disabled={disabled} />
          {account && (
            <Box paddingTop={2}>
              <PageLink tag={Link} to={placeOfAccount(account.documentId)}>
                {text('people.openAccount', { name: account.name })}
              </PageLink>
            </Box>
          )}
        </Cell>
      </Grid.Root>
    </Panel>
  );
}

/** What the team should know of a contact. */
export function NotesField({ hint, disabled }: { hint: string; disabled: boolean }) {
  const text = useText();
  return (
    <Panel>
      <InputRenderer type="text" name="notes" label={text('people.notes')} hint={hint} disabled={disabled} />
    </Panel>
  );
}
