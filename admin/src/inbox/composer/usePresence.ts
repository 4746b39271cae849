import * as React from 'react';
import { usePresenceMutation } from '../../api/answering';
import type { Agent, Ticket } from '../../api/tickets';

const INTERVAL_MS = 10_000;

/** Tells the server that this person writes an answer, while the page is visible. Returns the colleagues who write one, too. */
export function usePresence({ documentId: ticket, answering }: Ticket, isWriting: boolean): Agent[] {
  const [updatePresence] = usePresenceMutation();
  const [others, setOthers] = React.useState<Agent[] | null>(null);

  React.useEffect(() => {
    if (!isWriting) return;
    let isOver = false;
    const sendPresence = async () => {
      if (document.visibilityState !== 'visible') return;
      const answer = await updatePresence({ ticket, answering: true });
      if (!isOver && 'data' in answer && answer.data) setOthers(answer.data.answering);
    };
    void sendPresence();
    const timer = setInterval(sendPresence, INTERVAL_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
      setOthers(null);
      void updatePresence({ ticket, answering: false });
    };
  }, [updatePresence, ticket, isWriting]);

  // The server answers each call with newer data than the page has.
  return others ?? answering;
}
