/** Links to the site's own content, which "/" offers to whoever writes an answer. */

export interface ContentLink {
  /** A content type of the site, such as `api::article.article`. */
  uid: string;
  /** The attribute by which entries are found. */
  title: string;
  /** Where an entry is on the site: `https://example.com/blog/{slug}`; '' where entries have no page. */
  url: string;
  /** The attribute whose text can be inserted; null for none. */
  text: string | null;
}

/** A content type, and which attributes may be its title, stand in its address, and be inserted. */
export interface LinkableType {
  uid: string;
  name: string;
  titles: string[];
  placeholders: string[];
  texts: string[];
}

export interface ContentLinks {
  links: ContentLink[];
  available: LinkableType[];
}

export interface ContentEntry {
  uid: string;
  /** The name of its type. */
  type: string;
  documentId: string;
  /** Null where the type has one language. */
  locale: string | null;
  title: string;
  /** Null where the type has no address, or this entry lacks what stands in it. */
  url: string | null;
  hasText: boolean;
}
