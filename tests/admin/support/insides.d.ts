declare module 'strapi-admin-insides/*' {
  export const AuthProvider: React.ComponentType<{ children: React.ReactNode; _disableRenewToken?: boolean }>;
  export const StrapiAppProvider: React.ComponentType<Record<string, unknown>>;
  export const RBAC: new () => unknown;
  export const reducer: import('@reduxjs/toolkit').Reducer;
}
