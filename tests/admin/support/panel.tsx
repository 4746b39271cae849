import './browser';
import * as React from 'react';
import { configureStore } from '@reduxjs/toolkit';
import { DesignSystemProvider, lightTheme } from '@strapi/design-system';
import { adminApi, Form, NotificationsProvider, useAuth, useForm } from '@strapi/strapi/admin';
import { cleanup, configure, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { IntlProvider } from 'react-intl';
import { Provider } from 'react-redux';
import { createMemoryRouter, RouterProvider, useLocation } from 'react-router-dom';
import { AuthProvider } from 'strapi-admin-insides/Auth';
import { RBAC } from 'strapi-admin-insides/rbac';
import { reducer } from 'strapi-admin-insides/reducer';
import { StrapiAppProvider } from 'strapi-admin-insides/StrapiApp';
import { afterEach, vi } from 'vitest';
import en from '../../../admin/src/translations/en.json';

// Against hanging: no test is a stopwatch.
configure({ asyncUtilTimeout: 15_000 });

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
});

interface Request {
  method: string;
  /** Without /mail-scanner. */
  path: string;
  query: Record<string, string>;
  body: any;
}

/** What the server answers to `GET /tickets` and the like: `data`, or all of it when it says so itself; a refusal has a status. */
export type Answers = Record<string, unknown | ((request: Request) => unknown)>;

export const refusal = (status: number, message: string, errors?: { path: string[]; message: string }[]) =>
  new Response(
    JSON.stringify({ data: null, error: { status, name: errors ? 'ValidationError' : 'ApplicationError', message, details: { errors } } }),
    {
      status,
      headers: { 'content-type': 'application/json' },
    },
  );

export const pageOf = (rows: unknown[], more: Partial<{ page: number; pageCount: number; total: number }> = {}) => ({
  data: rows,
  meta: { pagination: { page: 1, pageSize: 20, pageCount: 1, total: rows.length, ...more } },
});

interface Surroundings {
  answers?: Answers;
  /** Those of the plugin: `read-tickets` and the like. */
  permissions?: string[];
  /** Where the page is, with what it was given on the way there, and what its routes call the parts of that. */
  at?: string | { pathname: string; state: object };
  route?: string;
}

/** Shows something as Strapi's panel would: its store, its routes, its forms; the server's answers are those of the test. */
export function show(ui: React.ReactNode, { answers = {}, permissions = [], at = '/', route = '/*' }: Surroundings = {}) {
  const requests: Request[] = [];
  const all: Answers = {
    'GET /admin/users/me': { id: 1, firstname: 'Ada', lastname: 'Agent', email: 'ada@desk.test' },
    'GET /admin/users/me/permissions': permissions.map((name, id) => ({
      id,
      action: `plugin::mail-scanner.${name}`,
      subject: null,
      conditions: [],
    })),
    ...answers,
  };
  const respond = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(String(input instanceof Request ? input.url : input));
    const path = url.pathname.replace(/^\/mail-scanner/, '');
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : init.body;
    const request = { method: init.method ?? 'GET', path, query: Object.fromEntries(url.searchParams), body };
    if (!path.startsWith('/admin/')) requests.push(request);
    const answer = all[`${request.method} ${path}`];
    const said = typeof answer === 'function' ? await answer(request) : answer;
    if (said instanceof Response) return said.clone();
    if (said === undefined) return refusal(404, `The test has no answer to ${request.method} ${path}.`);
    const whole = typeof said === 'object' && said !== null && 'meta' in said ? said : { data: said };
    return new Response(JSON.stringify(whole), { status: 200, headers: { 'content-type': 'application/json' } });
  };
  vi.stubGlobal('fetch', respond);
  const store = configureStore({
    reducer: { [adminApi.reducerPath]: adminApi.reducer, admin_app: reducer },
    preloadedState: {
      admin_app: {
        language: { locale: 'en', localeNames: { en: 'English' } },
        permissions: {},
        theme: { currentTheme: 'light', availableThemes: [] },
        token: 'token',
      },
    } as never,
    middleware: (defaults) => defaults({ serializableCheck: false, immutableCheck: false }).concat(adminApi.middleware) as never,
  });
  const messages = Object.fromEntries(Object.entries(en).map(([key, text]) => [`mail-scanner.${key}`, text]));
  const App = ({ children }: { children: React.ReactNode }) => (
    <StrapiAppProvider rbac={new RBAC()} components={{}} fields={{}} menu={[]} plugins={{}} settings={{}}>
      <Provider store={store}>
        <IntlProvider locale="en" messages={messages} onError={() => {}}>
          <DesignSystemProvider locale="en" theme={lightTheme}>
            <NotificationsProvider>
              <AuthProvider _disableRenewToken>
                <SignedIn>{children}</SignedIn>
                <Place />
              </AuthProvider>
            </NotificationsProvider>
          </DesignSystemProvider>
        </IntlProvider>
      </Provider>
    </StrapiAppProvider>
  );
  const router = createMemoryRouter(
    [
      { path: route, element: <App>{ui}</App> },
      { path: '*', element: <App>elsewhere</App> },
    ],
    { initialEntries: [at] },
  );
  render(<RouterProvider router={router} />);
  return {
    user: userEvent.setup({ pointerEventsCheck: 0 }),
    /** What was asked of the plugin's API. */
    requests,
    sent: (method: string, path: string) => requests.filter((request) => request.method === method && request.path === path),
    place: () => screen.getByTestId('place').textContent,
  };
}

/** Strapi shows a page once it knows who is there. */
function SignedIn({ children }: { children: React.ReactNode }) {
  const isLoading = useAuth('SignedIn', (auth) => auth.isLoading);
  return isLoading ? null : <>{children}</>;
}

function Place() {
  const { pathname, search } = useLocation();
  return <output data-testid="place">{pathname + search}</output>;
}

/** A form around its parts, with what it holds as JSON. */
export function FormAround({ values, errors, children }: { values: object; errors?: object; children: React.ReactNode }) {
  return (
    <Form method="PUT" initialValues={values} initialErrors={errors as never} onSubmit={() => {}}>
      <>
        {children}
        <Held />
      </>
    </Form>
  );
}

function Held() {
  const values = useForm('Held', (form) => form.values);
  return <output data-testid="held">{JSON.stringify(values)}</output>;
}

export const held = <T = any,>(): T => JSON.parse(screen.getByTestId('held').textContent!);
