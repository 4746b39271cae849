import { Page } from '@strapi/strapi/admin';
import { Route, Routes } from 'react-router-dom';
import { permissions } from '../shared/permissions';
import { CannedReplyForm } from './CannedReplyForm';
import { CannedReplyTable } from './CannedReplyTable';

/** Settings → Mail Scanner → Canned Replies. */
export function CannedReplies() {
  return (
    <Page.Protect permissions={permissions.keepReplies}>
      <Routes>
        <Route index element={<CannedReplyTable />} />
        <Route path="create" element={<CannedReplyForm />} />
        <Route path=":replyId" element={<CannedReplyForm />} />
      </Routes>
    </Page.Protect>
  );
}
