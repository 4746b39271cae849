import { Switch } from '@strapi/design-system';
import { useText } from '../hooks/useText';

interface ActiveSwitchProps {
  label: string;
  active: boolean;
  disabled: boolean;
  onChange(active: boolean): void;
}

/** Switches a row of a list on and off. */
export function ActiveSwitch({ label, active, disabled, onChange }: ActiveSwitchProps) {
  const text = useText();
  return (
    <Switch
      aria-label={label}
      onLabel={text('common.on')}
      offLabel={text('common.off')}
      visibleLabels
      checked={active}
      disabled={disabled}
      onCheckedChange={onChange}
    />
  );
}
