import * as React from 'react';
import { usePresenceMutation } from '../api/answering';
import type { Agent, Ticket } from '../api/tickets';

const BEAT_MS = 10_000;

/** Tells others that one is writing, as long as this is so and the page can be seen; returns who else is. */
export function usePresence({ documentId: ticket, answering }: Ticket, isWriting: boolean): Agent[] {
  const [beat] = usePresenceMutation();
  const [heard, setHeard] = React.useState<Agent[] | null>(null);

  React.useEffect(() => {
    if (!isWriting) return;
    let isOver = false;
    const tell = async () => {
      if (document.visibilityState !== 'visible') return;
      const answer = await beat({ ticket, answering: true });
      if (!isOver && 'data' in answer && answer.data) setHeard(answer.data.answering);
    };
    void tell();
    const timer = setInterval(tell, BEAT_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
      setHeard(null);
      void beat({ ticket, answering: false });
    };
  }, [beat, ticket, isWriting]);

  // While one writes, the beat knows more recent things than the page does.
  return heard ?? answering;
}
