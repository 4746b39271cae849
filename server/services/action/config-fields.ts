import type { ConfigField } from '../../../shared/api/rules';
import { z } from '@strapi/utils';

/** One setting of an action, as the rule editor asks for it. */
export type { ConfigField };

interface JsonSchema {
  type?: string;
  title?: string;
  description?: string;
  enum?: unknown[];
  default?: unknown;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
}

/**
 * The settings of an action out of its zod schema: a flat object of texts, numbers, yes or no, choices and lists of texts, with
 * `.meta({ title, description })` as label and hint. Null for a schema that no simple form can hold; it is then edited as JSON.
 */
export function configFields(config: z.ZodType): ConfigField[] | null {
  const schema = jsonSchemaOf(config);
  if (schema?.type !== 'object' || !schema.properties) return null;
  const fields = Object.entries(schema.properties).map(([name, property]) =>
    fieldOf(name, property, schema.required?.includes(name) ?? false),
  );
  return fields.every((field) => field !== null) ? fields : null;
}

/** Null for what JSON Schema has no words for, and for a schema of another library. */
function jsonSchemaOf(config: z.ZodType): JsonSchema | null {
  try {
    return z.toJSONSchema(config, { io: 'input' }) as JsonSchema;
  } catch {
    return null;
  }
}

function fieldOf(name: string, property: JsonSchema, required: boolean): ConfigField | null {
  const type = typeOf(property);
  if (!type) return null;
  const { title, description, default: standard = null } = property;
  const options = type === 'choice' ? { options: property.enum as string[] } : {};
  return { name, label: title ?? describeName(name), hint: description ?? null, type, ...options, default: standard, required };
}

function typeOf({ type, enum: values, items }: JsonSchema): ConfigField['type'] | null {
  if (values) return values.every((value) => typeof value === 'string') ? 'choice' : null;
  if (type === 'array') return items && typeOf(items) === 'text' ? 'list' : null;
  const types: Record<string, ConfigField['type']> = { string: 'text', number: 'number', integer: 'number', boolean: 'boolean' };
  return types[type ?? ''] ?? null;
}

/** `channelName` as "Channel name". */
const describeName = (name: string): string => {
  const words = name.replaceAll('_', ' ').replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
};
