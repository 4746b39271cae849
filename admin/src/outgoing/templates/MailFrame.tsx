import * as React from 'react';

/** Nothing of a mail runs, and nothing is fetched for it. */
const POLICY = "default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";
/** Same origin only so that the height can be read: without allow-scripts the mail cannot make use of it. */
const SANDBOX = 'allow-same-origin allow-popups allow-popups-to-escape-sandbox';

/** A mail's HTML in a frame of its own, as high as its content. Always on white, as mail programs show it. */
export function MailFrame({ html, title }: { html: string; title: string }) {
  const frame = React.useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = React.useState(200);
  const measure = () => setHeight(frame.current?.contentDocument?.documentElement.scrollHeight ?? 200);
  const page = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><base target="_blank"><style>html{background:#fff}body{margin:0;padding:16px;font-family:sans-serif;overflow-wrap:anywhere}</style>${html}`;
  return (
    <iframe
      ref={frame}
      title={title}
      sandbox={SANDBOX}
      srcDoc={page}
      onLoad={measure}
      style={{ display: 'block', width: '100%', height, border: 0, background: '#fff' }}
    />
  );
}
