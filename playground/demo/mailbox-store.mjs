import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Keeps what hoodiecrow has in memory (a tree of folders with their messages) in a folder on disk: `state.json` with
 * UIDs, UIDVALIDITYs and flags, and an .eml file a message. So a restarted server goes on where it was, and a client
 * that remembers UIDs finds the same messages under them (RFC 3501 §2.3.1.1).
 */

const STATE_FILE = 'state.json';
/** The personal namespace, in hoodiecrow's words. */
const ROOT = '';

/**
 * What hoodiecrow shall start with. `uidnextCache` is its memory of folders that were deleted: a new one of the same name
 * must not give out their UIDs again.
 *
 * @param {string} folder
 * @returns {{ isNew: boolean, storage: object, uidnextCache: Record<string, number> }}
 */
export function loadMailboxes(folder) {
  const file = path.join(folder, STATE_FILE);
  if (!existsSync(file)) return { isNew: true, storage: newStorage(), uidnextCache: {} };
  const state = JSON.parse(readFileSync(file, 'utf8'));
  const readSource = (name) => readFileSync(path.join(folder, name), 'latin1');
  return {
    isNew: false,
    uidnextCache: state.uidnextCache,
    storage: { INBOX: toMailbox(state.inbox, readSource), [ROOT]: { folders: toMailboxes(state.folders, readSource) } },
  };
}

/**
 * Returns a function that writes the mailboxes down when something in them has changed, and does nothing otherwise.
 *
 * @param {string} folder
 * @param {{ storage: object, uidnextCache: Record<string, number> }} server hoodiecrow's server
 */
export function createSaver(folder, server) {
  mkdirSync(folder, { recursive: true });
  removeOrphans(folder, server.storage);
  let saved = '';
  return function save() {
    const writeSource = (name, raw) => {
      const file = path.join(folder, name);
      if (!existsSync(file)) writeAtomically(file, Buffer.from(raw, 'latin1'));
    };
    const state = JSON.stringify(
      {
        uidnextCache: server.uidnextCache,
        inbox: toState(server.storage.INBOX, writeSource),
        folders: toStates(server.storage[ROOT].folders, writeSource),
      },
      null,
      1,
    );
    if (state === saved) return;
    writeAtomically(path.join(folder, STATE_FILE), state);
    saved = state;
  };
}

function newStorage() {
  // Any number that a later life of the mailbox will not use again; seconds are what servers take (RFC 3501 §2.3.1.1).
  const uidvalidity = Math.floor(Date.now() / 1000);
  const special = (use) => ({ uidvalidity, 'special-use': use });
  return {
    INBOX: { uidvalidity },
    [ROOT]: { folders: { Sent: special('\\Sent'), Trash: special('\\Trash'), Junk: special('\\Junk') } },
  };
}

function toState(mailbox, writeSource) {
  const { uidvalidity, uidnext, subscribed, flags, folders = {}, messages } = mailbox;
  return {
    uidvalidity,
    uidnext,
    subscribed,
    flags,
    'special-use': mailbox['special-use'],
    messages: messages.map((message) => {
      const { uid, flags, internaldate, raw } = message;
      const file = sourceFile(message);
      writeSource(file, raw);
      return { uid, flags, internaldate, file };
    }),
    folders: toStates(folders, writeSource),
  };
}

function toStates(folders, writeSource) {
  return Object.fromEntries(Object.entries(folders).map(([name, mailbox]) => [name, toState(mailbox, writeSource)]));
}

function toMailbox({ messages, folders, ...mailbox }, readSource) {
  return {
    ...mailbox,
    messages: messages.map(({ file, ...message }) => ({ ...message, raw: readSource(file) })),
    folders: toMailboxes(folders, readSource),
  };
}

function toMailboxes(folders, readSource) {
  return Object.fromEntries(Object.entries(folders).map(([name, state]) => [name, toMailbox(state, readSource)]));
}

/** By content, so that a message that is moved keeps its file. Hashed once: a mailbox is written down often. */
const fileNames = new WeakMap();

function sourceFile(message) {
  let name = fileNames.get(message);
  if (!name) {
    name = `${createHash('sha256').update(message.raw, 'latin1').digest('hex').slice(0, 32)}.eml`;
    fileNames.set(message, name);
  }
  return name;
}

/** Files of messages that were deleted. Done at the start only: until then a crash may still bring them back. */
function removeOrphans(folder, storage) {
  const used = new Set();
  const visit = ({ messages = [], folders = {} }) => {
    for (const message of messages) used.add(sourceFile(message));
    Object.values(folders).forEach(visit);
  };
  Object.values(storage).forEach(visit);
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.eml') && !used.has(name)) rmSync(path.join(folder, name));
  }
}

function writeAtomically(file, content) {
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
}
