import * as React from 'react';
import { useAuth } from '@strapi/strapi/admin';

export interface Draft {
  text: string;
  isPublic: boolean;
}

const EMPTY: Draft = { text: '', isPublic: true };

/** An answer that is being written. It survives a reload, in this browser, for this user and this ticket. */
export function useDraft(ticket: string): [Draft, (change: Partial<Draft>) => void, () => void] {
  const user = useAuth('MailScannerDraft', ({ user: me }) => me?.id);
  const key = `mail-scanner.draft.${user ?? ''}.${ticket}`;
  const [draft, setDraft] = React.useState<Draft>(() => read(key));
  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    write(key, next.text ? next : null);
  };
  const clear = () => {
    setDraft({ ...EMPTY, isPublic: draft.isPublic });
    write(key, null);
  };
  return [draft, change, clear];
}

function read(key: string): Draft {
  try {
    const { text, isPublic } = JSON.parse(localStorage.getItem(key) ?? '{}');
    return typeof text === 'string' ? { text, isPublic: isPublic !== false } : EMPTY;
  } catch {
    return EMPTY;
  }
}

/** A browser without room or without leave to store loses the draft at a reload, and nothing else. */
function write(key: string, draft: Draft | null): void {
  try {
    if (draft) localStorage.setItem(key, JSON.stringify(draft));
    else localStorage.removeItem(key);
  } catch {
    // See above.
  }
}
