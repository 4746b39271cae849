import { Page } from '@strapi/strapi/admin';
import { Route, Routes } from 'react-router-dom';
import { permissions } from '../shared/permissions';
import { NewTicketPage } from './composer/NewTicketPage';
import { AccountListPage } from '../people/AccountListPage';
import { AccountPage, NewAccountPage } from '../people/AccountPage';
import { ContactListPage } from '../people/ContactListPage';
import { ContactPage } from '../people/ContactPage';
import { NewContactPage } from '../people/NewContactPage';
import { OutboxPage } from '../outgoing/OutboxPage';
import { ClosedByKey } from './ClosedByKey';
import { MarkedSpam } from './MarkedSpam';
import { SentElsewhere } from './SentElsewhere';
import { Bell } from './notices/Bell';
import { NoticeChoicesPage } from './notices/NoticeChoicesPage';
import { NoticesPage } from './notices/NoticesPage';
import { PrintPage } from './ticket/PrintPage';
import { TicketPage } from './ticket/TicketPage';
import { TicketLists } from './views/TicketLists';

/** Helpdesk in the main menu. */
export function Helpdesk() {
  return (
    <Page.Protect permissions={permissions.readTickets}>
      <ClosedByKey>
        <SentElsewhere>
          <MarkedSpam>
            <Bell />
            <Routes>
              <Route index element={<TicketLists />} />
              <Route path="notices" element={<NoticesPage />} />
              <Route path="notices/choices" element={<NoticeChoicesPage />} />
              <Route path="outbox" element={<OutboxPage />} />
              <Route path="new" element={<NewTicketPage />} />
              <Route path="tickets/:id" element={<TicketPage />} />
              <Route path="tickets/:id/print" element={<PrintPage />} />
              <Route path="contacts" element={<ContactListPage />} />
              <Route path="contacts/create" element={<NewContactPage />} />
              <Route path="contacts/:id" element={<ContactPage />} />
              <Route path="accounts" element={<AccountListPage />} />
              <Route path="accounts/create" element={<NewAccountPage />} />
              <Route path="accounts/:id" element={<AccountPage />} />
              <Route path="*" element={<Page.Error />} />
            </Routes>
          </MarkedSpam>
        </SentElsewhere>
      </ClosedByKey>
    </Page.Protect>
  );
}
