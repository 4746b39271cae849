import { Layouts, Page } from '@strapi/strapi/admin';
import { PageMain } from '../shared/components/PageMain';
import { useText } from '../shared/hooks/useText';
import { SignInFailure } from '../shared/oauth/SignInFailure';
import { permissions } from '../shared/permissions';
import { OutgoingMailForm } from './OutgoingMailForm';

/** Settings → Mail Scanner → Outgoing Mail. */
export function OutgoingMailPage() {
  const text = useText();
  return (
    <Page.Protect permissions={permissions.manageOutgoingMail}>
      <SignInFailure />
      <PageMain>
        <Page.Title>{text('outgoing.title')}</Page.Title>
        <Layouts.Header title={text('outgoing.title')} subtitle={text('outgoing.hint')} />
        <Layouts.Content>
          <OutgoingMailForm />
        </Layouts.Content>
      </PageMain>
    </Page.Protect>
  );
}
