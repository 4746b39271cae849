import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestMailServer } from '../../tests/support/mail-server';
import type { TestStrapi } from '../../tests/support/strapi';
import type { Arrived, Next } from './next-server';
import type { RunningRelay } from './relay';
import { expect, until } from './stand';

/** What a check of sending works with. */
interface Sending {
  app: TestStrapi;
  relay: RunningRelay;
  mailbox: TestMailServer;
  next: Next;
  scanner: { documentId: string };
}

/** One check's view of it: addresses and titles that no other check has. */
export class SendingStand {
  readonly #mark = randomUUID().slice(0, 8);

  constructor(readonly all: Sending) {}

  address = (name: string, domain = 'customer.test'): string => `${name}-${this.#mark}@${domain}`;

  /** A ticket by email of this address. */
  async ticket(email: string, title = 'Question'): Promise<any> {
    return this.all.app.api('POST', '/tickets', { title: `${title} ${this.#mark}`, contactEmail: email });
  }

  async answer(ticket: any, body: object = {}): Promise<any> {
    const comment = await this.all.app.api('POST', `/tickets/${ticket.documentId}/comments`, {
      text: 'An answer: größer, schöner.',
      isPublic: true,
      ...body,
    });
    return this.delivery(comment);
  }

  delivery = ({ delivery }: any): Promise<any> =>
    this.all.app.strapi.db
      .query('plugin::mail-scanner.delivery')
      .findOne({ where: { documentId: delivery.documentId }, populate: ['ticket', 'comment'] }) as Promise<any>;

  async settled({ documentId }: any, state: string, timeoutMs = 30_000): Promise<any> {
    let last: any;
    return until(
      async () => {
        last = await this.delivery({ delivery: { documentId } });
        return last.state === state ? last : null;
      },
      timeoutMs,
      `It is not "${state}"`,
    ).catch(() => {
      throw new Error(`it is "${last.state}" in place of "${state}": ${last.lastError}`);
    });
  }

  sentTo = (address: string): Arrived[] => this.all.next.mails.filter(({ to }) => to.includes(address));
  arrived = (address: string, timeoutMs = 40_000): Promise<Arrived> =>
    until(async () => this.sentTo(address)[0], timeoutMs, `No email for ${address} came`);

  async scan(): Promise<any> {
    const run = await this.all.app.api('POST', `/scanners/${this.all.scanner.documentId}/run`);
    expect(run.error === null && run.failed.length === 0, `a scan said ${JSON.stringify(run)}`);
    return run;
  }

  /** Scans until the delivery says so. */
  async reported(delivery: any, says: (row: any) => unknown, what: string, timeoutMs = 60_000): Promise<any> {
    let last: any;
    return until(
      async () => {
        await this.scan();
        last = await this.delivery({ delivery });
        if (says(last)) return last;
        await sleep(500);
        return null;
      },
      timeoutMs,
      what,
    ).catch((error: Error) => {
      throw new Error(`${error.message}; it is "${last?.state}": ${last?.lastError}`);
    });
  }
}
