/** A mail from its headers and its body, with the line ends of the wire. */
export function mail(headers: Record<string, string>, body = ''): Uint8Array {
  const head = Object.entries({ From: 'Maria <maria@customer.example>', To: 'support@desk.example', Subject: 'Printer', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body.replace(/\r?\n/g, '\r\n')}`);
}
