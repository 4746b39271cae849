import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type Server } from 'node:net';
import { freePort, loopback } from '../../tests/support/mail-server';

/** What inetd does: a process for each connection, which is its input and output. */
export class InetServer {
  readonly #command: string[];
  #server: Server | undefined;
  readonly #children = new Set<ChildProcess>();
  port = 0;

  constructor(command: string[]) {
    this.#command = command;
  }

  async start(): Promise<void> {
    this.port ||= await freePort();
    const [program, ...args] = this.#command;
    const server = createServer({ pauseOnConnect: true }, (socket) => {
      const child = spawn(program!, args, { stdio: [socket, socket, 'ignore'] });
      this.#children.add(child);
      child.once('exit', () => this.#children.delete(child));
      // The process holds the connection now.
      child.once('spawn', () => socket.destroy());
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.port, loopback, resolve));
  }

  async kill(): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL');
    await new Promise((resolve) => (this.#server ? this.#server.close(resolve) : resolve(null)));
    this.#server = undefined;
  }
}
