import type { TagColour } from '../vocabulary';

/** A word in a colour, by which a team sorts its tickets. */
export interface Tag {
  documentId: string;
  name: string;
  colour: TagColour;
}

export type TagInput = Omit<Tag, 'documentId'>;
