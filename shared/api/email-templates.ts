import type { Address } from './tickets';
import type { Recipient } from '../vocabulary';

export interface EmailTemplateInput {
  subject: string;
  body: string;
  sendTo: Recipient[];
  active: boolean;
}

export interface EmailTemplate extends EmailTemplateInput {
  key: string;
  /** The plugin sends it by itself: to the contact alone, and it repeats no comments. */
  isAutomatic: boolean;
  name: string;
  tags: { tag: string; label: string }[];
  warnings: string[];
}

export interface EmailPreview {
  subject: string;
  html: string;
  text: string;
  to: Address[];
  unknownTags?: string[];
}
