import { Field, Flex, IconButton, TextInput, Typography } from '@strapi/design-system';
import { Duplicate } from '@strapi/icons';
import { useClipboard, useNotification } from '@strapi/strapi/admin';
import type { OAuthProvider } from '../api/authorizations';
import { Notice } from '../shared/components/Notice';
import { useText } from '../shared/hooks/useText';

/** What the application has to have at the provider: where it sends the browser back to, and what it may do. */
export function RegistrationHelp({
  provider: { redirectUri, permissions, graphPermissions, applicationPermissions },
}: {
  provider: OAuthProvider;
}) {
  const text = useText();
  return (
    <>
      <RedirectUri redirectUri={redirectUri} />
      <PermissionList title={text('oauth.permissions')} permissions={permissions} />
      {graphPermissions.length > 0 && <PermissionList title={text('oauth.graphPermissions')} permissions={graphPermissions} />}
      {applicationPermissions.length > 0 && (
        <PermissionList title={text('oauth.applicationPermissions')} permissions={applicationPermissions} />
      )}
    </>
  );
}

function RedirectUri({ redirectUri }: { redirectUri: string }) {
  const text = useText();
  const { copy } = useClipboard();
  const { toggleNotification } = useNotification();
  const copyIt = async () => {
    if (await copy(redirectUri)) toggleNotification({ type: 'success', message: text('oauth.copied') });
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Field.Root name="redirectUri" hint={text('oauth.redirectUriHint')}>
        <Field.Label>{text('oauth.redirectUri')}</Field.Label>
        <TextInput
          value={redirectUri}
          readOnly
          onFocus={(event: React.FocusEvent<HTMLInputElement>) => event.target.select()}
          endAction={
            <IconButton type="button" variant="ghost" label={text('oauth.copy')} onClick={copyIt}>
              <Duplicate />
            </IconButton>
          }
        />
        <Field.Hint />
      </Field.Root>
      {!isAccepted(redirectUri) && <Notice variant="warning">{text('oauth.redirectUriHttp')}</Notice>}
    </Flex>
  );
}

/** Providers take https, and http on the machine itself. */
const isAccepted = (redirectUri: string): boolean => {
  const { protocol, hostname } = new URL(redirectUri);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
};

function PermissionList({ title, permissions }: { title: string; permissions: string[] }) {
  return (
    <Flex direction="column" alignItems="stretch" gap={1}>
      <Typography variant="pi" fontWeight="bold" textColor="neutral800">
        {title}
      </Typography>
      <Flex gap={2} wrap="wrap">
        {permissions.map((permission) => (
          <Typography
            key={permission}
            tag="code"
            background="neutral150"
            textColor="neutral800"
            padding={1}
            hasRadius
            style={{ overflowWrap: 'anywhere' }}
          >
            {permission}
          </Typography>
        ))}
      </Flex>
    </Flex>
  );
}
