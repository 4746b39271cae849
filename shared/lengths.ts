/** How many characters a text may have. Schemas, controllers and the panel's fields go by these. */

/** The name of a tag, a team, a status or a view: it has to fit into a narrow column. */
export const NAME_LENGTH = 60;
/** What Strapi makes of an attribute of type `string` holds as much: VARCHAR(255). */
export const LINE_LENGTH = 255;
