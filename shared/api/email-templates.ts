import type { Address } from './tickets';
import type { Language, Recipient } from '../vocabulary';

export interface TemplateText {
  subject: string;
  body: string;
}

export interface EmailTemplateInput extends TemplateText {
  /** For other languages than the site's; null takes one away. */
  texts: Partial<Record<Language, TemplateText | null>>;
  sendTo: Recipient[];
  active: boolean;
}

export interface EmailTemplate extends EmailTemplateInput {
  key: string;
  /** The plugin sends it by itself: to the contact alone, and it repeats no comments. */
  isAutomatic: boolean;
  name: string;
  /** The site's. */
  language: Language;
  /** What customers of the site's other languages get: `isOwn` where somebody wrote it for them. */
  languages: (TemplateText & { language: Language; isOwn: boolean })[];
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
