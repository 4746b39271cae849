import { describe, expect, test } from 'vitest';
import type { Folder } from '../../admin/src/api/scanners';
import { errorsIn } from '../../admin/src/rules/errorsIn';
import { folderTree } from '../../admin/src/rules/folderTree';
import { looksThroughSource } from '../../admin/src/rules/looksThroughSource';

const folder = (path: string, delimiter = '/', selectable = true): Folder => ({
  path,
  name: path.split(delimiter).pop()!,
  delimiter,
  specialUse: null,
  selectable,
});

describe('the folders to choose from', () => {
  test('begin with INBOX and stand below their parents', () => {
    const tree = folderTree([folder('Sent'), folder('INBOX/Invoices'), folder('Archive'), folder('INBOX'), folder('Archive/2025')], []);
    expect(tree.map(({ path, depth }) => [path, depth])).toEqual([
      ['INBOX', 0],
      ['INBOX/Invoices', 1],
      ['Archive', 0],
      ['Archive/2025', 1],
      ['Sent', 0],
    ]);
  });

  test('know other separators', () => {
    expect(folderTree([folder('INBOX.Work.Old', '.')], [])[0]).toMatchObject({ name: 'Old', depth: 2 });
  });

  test('keep a chosen one that the mailbox does not have, so that it can be taken away', () => {
    expect(folderTree([folder('INBOX')], ['INBOX', 'Gone']).map(({ path }) => path)).toEqual(['INBOX', 'Gone']);
  });
});

describe('a rule warns of the whole source', () => {
  const rule = (field: string, operator: string, actions: { type: string; config: Record<string, unknown> }[] = []) => ({
    conditions: { combinator: 'and' as const, rules: [{ combinator: 'or' as const, rules: [{ field, operator, value: 'x' }] }] },
    actions,
  });

  test('when a pattern looks through it, however deep', () => {
    expect(looksThroughSource(rule('source', 'matches'))).toBe(true);
    expect(looksThroughSource(rule('source', 'hasTicketNumber'))).toBe(true);
  });

  test('when an action looks for the ticket number in it', () => {
    expect(looksThroughSource(rule('subject', 'contains', [{ type: 'createOrUpdateTicket', config: { searchIn: 'source' } }]))).toBe(true);
  });

  test('but not for plain words, nor for patterns elsewhere', () => {
    expect(looksThroughSource(rule('source', 'contains'))).toBe(false);
    expect(looksThroughSource(rule('subject', 'matches', [{ type: 'createOrUpdateTicket', config: {} }]))).toBe(false);
  });
});

test('the errors of a form are found however deep, and each once', () => {
  expect(errorsIn({ rules: [undefined, { value: 'No pattern.' }, { rules: [{ value: 'No pattern.', field: 'No field.' }] }] })).toEqual([
    'No pattern.',
    'No field.',
  ]);
  expect(errorsIn(undefined)).toEqual([]);
});
