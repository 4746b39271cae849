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
