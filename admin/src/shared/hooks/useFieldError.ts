import { useForm } from '@strapi/strapi/admin';
import { firstError } from '../utils/firstError';

/** What is said about a field, or about a part of what it holds, where Strapi's own hook knows no sentence. */
export function useFieldError(name: string): string | undefined {
  const errors = useForm('useFieldError', (form) => form.errors) as unknown;
  return firstError(name.split('.').reduce((at, part) => (at as Record<string, unknown> | undefined)?.[part], errors));
}
