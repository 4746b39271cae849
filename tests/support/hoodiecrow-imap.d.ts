/** hoodiecrow-imap brings no types; this is what the tests use of it. */
declare module 'hoodiecrow-imap' {
  interface HoodiecrowServer {
    listen(port: number, host: string, onListening: () => void): void;
    close(onClosed: () => void): void;
    server: import('node:net').Server;
    appendMessage(folder: string, flags: string[], internalDate: Date | undefined, raw: string): void;
  }
  interface HoodiecrowOptions {
    plugins: string[];
    users: Record<string, { password: string }>;
    storage: Record<string, unknown>;
  }
  export default function hoodiecrow(options: HoodiecrowOptions): HoodiecrowServer;
}
