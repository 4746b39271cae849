export interface DemoMailServer {
  imapPort: number;
  smtpPort: number;
  /** Makes sure that an address has a mailbox; tells whether it had none before this start. */
  open(address: string): boolean;
  /** Puts a message into an address's INBOX. */
  deliver(address: string, source: Buffer, receivedAt?: Date): void;
  close(): Promise<void>;
}

export function startMailServer(options: { folder: string; imapPort: number; smtpPort: number }): Promise<DemoMailServer>;

export function addressesIn(folder: string): string[];
