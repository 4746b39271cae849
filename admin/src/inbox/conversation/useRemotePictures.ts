import * as React from 'react';
import { useFetchClient } from '@strapi/strapi/admin';

const AT_ONCE = 4;
/** A mail of hundreds of pictures shows the first ones. */
const MOST = 100;

interface RemotePictures {
  /** Blob URLs of those that have come, by their addresses. */
  pictures: ReadonlyMap<string, string>;
  state: 'blocked' | 'loading' | 'loaded';
  /** How many could not be loaded. */
  failed: number;
  load(urls: string[]): void;
}

/** Pictures that a comment points to, loaded on request through our server: the owner of the pictures does not learn who reads. */
export function useRemotePictures(commentId: string): RemotePictures {
  const { get } = useFetchClient();
  const [pictures, setPictures] = React.useState<ReadonlyMap<string, string>>(new Map());
  const [state, setState] = React.useState<RemotePictures['state']>('blocked');
  const [failed, setFailed] = React.useState(0);
  const made = React.useRef<string[]>([]);
  React.useEffect(() => {
    const urls = made.current;
    return () => urls.splice(0).forEach((url) => URL.revokeObjectURL(url));
  }, []);

  const load = async (urls: string[]) => {
    setState('loading');
    setFailed(0);
    const waiting = [...new Set(urls)].slice(0, MOST);
    const lane = async () => {
      for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
        try {
          const { data } = await get<Blob>(`/mail-scanner/comments/${commentId}/picture?url=${encodeURIComponent(url)}`, {
            responseType: 'blob',
          });
          const blob = URL.createObjectURL(data);
          made.current.push(blob);
          const address = url;
          setPictures((known) => new Map(known).set(address, blob));
        } catch {
          setFailed((count) => count + 1);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    setState('loaded');
  };
  return { pictures, state, failed, load: (urls) => void load(urls) };
}
