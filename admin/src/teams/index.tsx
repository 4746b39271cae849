import { Page } from '@strapi/strapi/admin';
import { Route, Routes } from 'react-router-dom';
import { permissions } from '../shared/permissions';
import { TeamForm } from './TeamForm';
import { TeamTable } from './TeamTable';

/** Settings → Mail Scanner → Teams. */
export function Teams() {
  return (
    <Page.Protect permissions={permissions.manageTeams}>
      <Routes>
        <Route index element={<TeamTable />} />
        <Route path="create" element={<TeamForm />} />
        <Route path=":teamId" element={<TeamForm />} />
      </Routes>
    </Page.Protect>
  );
}
