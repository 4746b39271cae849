/**
 * How mail programs introduce an earlier mail, by language: the verb of `On … somebody wrote:`, the labels of an Outlook
 * header block, the words between the dashes. A new language is a line here.
 */
export interface QuoteWords {
  language: string;
  /** The verb of an attribution; regular expression source. */
  wrote: string;
  /** How an attribution begins before its date; '' when it begins with the date or the name. */
  on: string;
  from: string;
  sent: string;
  to: string;
  subject: string;
  cc: string;
}
