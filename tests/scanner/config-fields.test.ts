import { z } from '@strapi/utils';
import { expect, test } from 'vitest';
import { configFields } from '../../server/services/action/config-fields';

test('the settings of an action become a form', () => {
  const config = z.object({
    channel: z.string().min(1).meta({ title: 'Slack channel', description: 'Without the #' }),
    maxAge: z.number().int().default(7),
    loud: z.boolean().default(false),
    priority: z.enum(['Low', 'High']).optional(),
    trigger_words: z.array(z.string()).default(['urgent']),
  });
  expect(configFields(config)).toEqual([
    { name: 'channel', label: 'Slack channel', hint: 'Without the #', type: 'text', default: null, required: true },
    { name: 'maxAge', label: 'Max age', hint: null, type: 'number', default: 7, required: false },
    { name: 'loud', label: 'Loud', hint: null, type: 'boolean', default: false, required: false },
    { name: 'priority', label: 'Priority', hint: null, type: 'choice', options: ['Low', 'High'], default: null, required: false },
    { name: 'trigger_words', label: 'Trigger words', hint: null, type: 'list', default: ['urgent'], required: false },
  ]);
  expect(configFields(z.object({}).strict())).toEqual([]);
});

test('what no simple form can hold is left to JSON', () => {
  expect(configFields(z.object({ headers: z.record(z.string(), z.string()) }))).toBeNull();
  expect(configFields(z.object({ steps: z.array(z.object({ a: z.string() })) }))).toBeNull();
  expect(configFields(z.object({ when: z.date() }))).toBeNull();
  expect(configFields(z.string())).toBeNull();
  expect(configFields({ safeParse: () => ({ success: true }) } as never)).toBeNull();
});
