import type { DemoMailServer } from './mail-server.mjs';

export interface DemoMail {
  name: string;
  source: Buffer;
  receivedAt: Date;
}

export function demoMails(now?: Date): DemoMail[];

export function fillNewMailbox(server: Pick<DemoMailServer, 'open' | 'deliver'>, address: string, now?: Date): number;
