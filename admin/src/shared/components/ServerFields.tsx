import { InputRenderer, useForm } from '@strapi/strapi/admin';
import type { Encryption } from '../../../../shared/vocabulary';
import { useText } from '../hooks/useText';
import { Cell } from './Cell';
import { Choice } from './Choice';
import { NumberField } from './NumberField';
import { OnOff } from './OnOff';

interface ServerFieldsProps {
  placeholder: string;
  disabled?: boolean;
  onEncryption(encryption: Encryption): void;
}

interface ServerValues {
  encryption: Encryption;
  validateCertificate: boolean;
}

/** Where a mail server is and how the way to it is protected, whether emails come from it or go there. */
export function ServerFields({ placeholder, disabled, onEncryption }: ServerFieldsProps) {
  const text = useText();
  const { encryption, validateCertificate } = useForm('ServerFields', (form) => form.values) as ServerValues;
  return (
    <>
      <Cell>
        <InputRenderer type="string" name="host" label={text('scanner.host')} placeholder={placeholder} required disabled={disabled} />
      </Cell>
      <Cell>
        <NumberField name="port" label={text('scanner.port')} required disabled={disabled} />
      </Cell>
      <Cell>
        <Choice
          name="encryption"
          label={text('scanner.encryption')}
          disabled={disabled}
          onChosen={(chosen) => onEncryption(chosen as Encryption)}
          hint={encryption === 'none' ? text('scanner.encryptionNoneHint') : undefined}
          options={[
            { value: 'ssl', label: text('scanner.encryptionSsl') },
            { value: 'starttls', label: 'STARTTLS' },
            { value: 'none', label: text('scanner.encryptionNone') },
          ]}
        />
      </Cell>
      {encryption !== 'none' && (
        <Cell>
          <OnOff
            name="validateCertificate"
            label={text('scanner.validateCertificate')}
            hint={text(validateCertificate ? 'scanner.validateCertificateHint' : 'scanner.noValidationHint')}
            disabled={disabled}
          />
        </Cell>
      )}
    </>
  );
}
