/** Attributes of which more is known than their type says. For the compiler alone: services/storage/rows.ts makes the types of rows of them. */

/** A `json` attribute that holds that. A bare one is `unknown`: whoever reads it says what they expect. */
export interface Json<Value> {
  type: 'json';
  private?: true;
  visible?: false;
  writable?: false;
  readonly holds?: Value;
}

/** A `string` that is one of these, which no enumeration says. */
export interface Text<Value extends string> {
  type: 'string';
  required: true;
  readonly holds?: Value;
}
