import * as React from 'react';
import { Page } from '@strapi/strapi/admin';
import { Route, Routes } from 'react-router-dom';
import { SignInFailure } from '../shared/oauth/SignInFailure';
import { permissions } from '../shared/permissions';
import { RuleList } from '../rules/RuleList';
import { PreviewPage } from './PreviewPage';
import { ScannerForm } from './ScannerForm';
import { ScannerList } from './ScannerList';

/** Apart, because it brings the condition editor along. */
const RuleEditor = React.lazy(() => import('../rules/RuleEditor').then((page) => ({ default: page.RuleEditor })));

/** Settings → Mail Scanner → Mail Scanners. */
export function Scanners() {
  return (
    <Page.Protect permissions={permissions.readScanners}>
      <SignInFailure />
      <React.Suspense fallback={<Page.Loading />}>
        <Routes>
          <Route index element={<ScannerList />} />
          <Route path="create" element={<ScannerForm />} />
          <Route path=":scannerId" element={<ScannerForm />} />
          <Route path=":scannerId/preview" element={<PreviewPage />} />
          <Route path=":scannerId/rules" element={<RuleList />} />
          <Route path=":scannerId/rules/:ruleId" element={<RuleEditor />} />
        </Routes>
      </React.Suspense>
    </Page.Protect>
  );
}
