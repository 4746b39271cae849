import { useIntl } from 'react-intl';

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** How long something took, as people say it: the two largest units, "2 days 3 hr". */
export function useDuration(): (seconds: number) => string {
  const { locale } = useIntl();
  return (seconds) => {
    let left = Math.max(0, Math.round(seconds / 60)) * 60;
    const parts = UNITS.flatMap(([unit, size]) => {
      const count = Math.floor(left / size);
      left -= count * size;
      return count > 0 ? [{ unit, count }] : [];
    }).slice(0, 2);
    const say = ({ unit, count }: { unit: string; count: number }) =>
      new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(count);
    return (parts.length > 0 ? parts : [{ unit: 'minute', count: 0 }]).map(say).join(' ');
  };
}
