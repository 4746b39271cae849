import * as React from 'react';
import { Button, Flex, Typography } from '@strapi/design-system';
import { Image } from '@strapi/icons';
import { useFetchClient } from '@strapi/strapi/admin';
import type { Attachment } from '../../api/tickets';
import { dropUnsafeLinks } from './safeLinks';
import { useText } from '../../shared/hooks/useText';
import { RASTER_TYPES } from './AttachmentPreview';
import { fetchAttachment } from '../../shared/utils/attachmentBytes';
import { useRemotePictures } from './useRemotePictures';

/** Nothing of a mail runs, and nothing is fetched for it. */
const POLICY = "default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";
/** Same origin only so that the height can be read: without allow-scripts the mail cannot make use of it. */
const SANDBOX = 'allow-same-origin allow-popups allow-popups-to-escape-sandbox';
const STYLE =
  'html{background:#fff;color:#212134}body{margin:0;padding:16px;font:14px/1.5 sans-serif;overflow-wrap:anywhere}img{max-width:100%;height:auto}';
/** A very long mail scrolls in its frame. */
const MAX_HEIGHT = 4000;

interface MailHtmlProps {
  html: string;
  attachments: Attachment[];
  title: string;
  commentId: string;
}

/**
 * A mail's HTML, sanitised by the server, in a frame of its own: no scripts, no network. Pictures that came with the mail are fetched
 * with the session's token; remote ones only on request, through our server.
 */
export function MailHtml({ html, attachments, title, commentId }: MailHtmlProps) {
  const pictures = useInlinePictures(html, attachments);
  const remote = useRemotePictures(commentId);
  const { page, remoteUrls } = React.useMemo(() => pageOf(html, pictures, remote.pictures), [html, pictures, remote.pictures]);
  const frame = React.useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = React.useState(120);

  // The height changes with the width of the window, and when a picture arrives.
  React.useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = () => {
      const content = element.contentDocument?.documentElement;
      if (content) setHeight(Math.min(content.scrollHeight, MAX_HEIGHT));
    };
    let width = 0;
    const observer = new ResizeObserver(([entry]) => {
      if (entry.contentRect.width === width) return;
      width = entry.contentRect.width;
      measure();
    });
    observer.observe(element);
    element.addEventListener('load', measure);
    return () => {
      observer.disconnect();
      element.removeEventListener('load', measure);
    };
  }, []);

  return (
    <>
      {remoteUrls.length > 0 && <RemoteNotice {...remote} urls={remoteUrls} />}
      <iframe
        ref={frame}
        title={title}
        sandbox={SANDBOX}
        srcDoc={page}
        style={{ display: 'block', width: '100%', height, border: 0, borderRadius: 4, background: '#fff' }}
      />
    </>
  );
}

/** Says what is not shown and why, and offers it. */
function RemoteNotice({ state, failed, load, urls }: Omit<ReturnType<typeof useRemotePictures>, 'pictures'> & { urls: string[] }) {
  const text = useText();
  if (state === 'loaded' && failed === 0) return null;
  return (
    <Flex gap={2} wrap="wrap" role="status">
      <Typography variant="pi" textColor="neutral700">
        {state === 'loaded' ? text('mail.remoteFailed', { count: failed }) : text('inbox.remoteBlocked', { count: urls.length })}
      </Typography>
      <Button variant="tertiary" size="S" startIcon={<Image />} loading={state === 'loading'} onClick={() => load(urls)}>
        {text(state === 'loaded' ? 'mail.remoteAgain' : 'mail.remoteLoad')}
      </Button>
    </Flex>
  );
}

function pageOf(
  html: string,
  pictures: ReadonlyMap<string, string>,
  remote: ReadonlyMap<string, string>,
): { page: string; remoteUrls: string[] } {
  // An inert document: nothing in it runs or is fetched.
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  dropUnsafeLinks(body);
  for (const image of body.querySelectorAll('img[src^="cid:"]')) {
    const url = pictures.get(contentIdOf(image.getAttribute('src')!.slice(4)));
    if (url) image.setAttribute('src', url);
    else image.removeAttribute('src');
  }
  const remoteUrls: string[] = [];
  for (const image of body.querySelectorAll('img[data-remote-src]')) {
    const address = image.getAttribute('data-remote-src')!;
    const url = remote.get(address);
    remoteUrls.push(address);
    if (url) image.setAttribute('src', url);
  }
  const head = `<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><base target="_blank"><style>${STYLE}</style>`;
  return { page: `<!doctype html><html><head>${head}</head><body dir="auto">${body.innerHTML}</body></html>`, remoteUrls };
}

/** In HTML a Content-ID is written as in a URL (RFC 2392), in its header in angle brackets. */
function contentIdOf(written: string): string {
  const bare = written.trim().replace(/^<|>$/g, '');
  try {
    return decodeURIComponent(bare).toLowerCase();
  } catch {
    return bare.toLowerCase();
  }
}

/** Blob URLs of the pictures that the HTML names, by Content-ID. */
function useInlinePictures(html: string, attachments: Attachment[]): ReadonlyMap<string, string> {
  const { get } = useFetchClient();
  const [pictures, setPictures] = React.useState<ReadonlyMap<string, string>>(new Map());
  const key = attachments.map(({ documentId }) => documentId).join();
  React.useEffect(() => {
    const wanted = html.includes('cid:') ? attachments.filter(({ contentId, mime }) => contentId && RASTER_TYPES.includes(mime)) : [];
    if (wanted.length === 0) return;
    let urls: string[] = [];
    let isGone = false;
    const load = async () => {
      const found = await Promise.all(
        wanted.map(async (attachment) => [contentIdOf(attachment.contentId!), await fetchAttachment(get, attachment)] as const),
      );
      if (isGone) return;
      const entries = found.map(([id, bytes]) => [id, URL.createObjectURL(bytes)] as const);
      urls = entries.map(([, url]) => url);
      setPictures(new Map(entries));
    };
    // A picture that is not there is shown as missing.
    load().catch(() => {});
    return () => {
      isGone = true;
      urls.forEach((url) => URL.revokeObjectURL(url));
    };
    // The list is a new one after each refresh; its files are the same.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [html, key, get]);
  return pictures;
}
