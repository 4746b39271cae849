import type { Core } from '@strapi/strapi';
import type contentTypes from '../../content-types';
import type { UID } from '../uids';

/**
 * Rows of our content types. Strapi types what it reads as `any`; here it has the types of its schemas and of what was asked for: an
 * attribute that a schema has not does not compile, nor does reading a relation that was not populated.
 */

type Types = typeof contentTypes;
type Attributes = { [Name in keyof Types as `plugin::mail-scanner.${Name}`]: Types[Name]['schema']['attributes'] };

/** The uid of a content type of ours. */
export type OwnUid = keyof Attributes;

interface ValueOfType {
  string: string;
  text: string;
  datetime: string;
  integer: number;
  boolean: boolean;
  json: unknown;
}

/** What it says itself that it holds, one of an enumeration, or what its type holds. */
type ValueOf<Attribute> = 'holds' extends keyof Attribute
  ? NonNullable<Attribute['holds']>
  : Attribute extends { enum: readonly (infer Value)[] }
    ? Value
    : Attribute extends { type: infer Type extends keyof ValueOfType }
      ? ValueOfType[Type]
      : never;

/** What the plugin gives each record that comes without: nobody has to, and nobody finds none. */
type Filled = 'ticketNumber' | 'threadToken' | 'foldedName';

type Scalars<U extends OwnUid> = {
  [Name in keyof Attributes[U] as Attributes[U][Name] extends { type: 'relation' } ? never : Name]:
    ValueOf<Attributes[U][Name]> | (Attributes[U][Name] extends { required: true } ? never : Name extends Filled ? never : null);
};

/** What Strapi gives each record. */
type Given = { id: number; documentId: string; createdAt: string; updatedAt: string };

/** The attributes of a type that are kept in columns of their own. */
export type ColumnOf<U extends OwnUid> = keyof (Given & Scalars<U>);

/** What we read of an administrator. */
export type AdminRow = { id: number; documentId: string } & Record<'firstname' | 'lastname' | 'username' | 'email', string | null>;

/** What is asked of relations, as Strapi takes it: names, or an object that says what of each. */
export type Populate = readonly string[] | object | undefined;

/**
 * A row of which only these attributes were asked for; all, where the names are known only as it runs. The id is to be asked for, too: Strapi
 * adds it to some rows only.
 */
type Selected<Whole, Name> = string extends Name ? Whole : Pick<Whole, Extract<Name, keyof Whole>>;

type SelectOf<Q> = Q extends { select: readonly (infer Name)[] } ? Name : string;
type PopulateOf<Q> = Q extends { populate: infer P } ? P : undefined;

/** What a query of a type finds, by its `select` and `populate`. */
export type Found<Target, Q> = Target extends OwnUid
  ? Selected<Given & Scalars<Target>, SelectOf<Q>> & Relations<Target, PopulateOf<Q>>
  : Target extends 'admin::user'
    ? Selected<AdminRow, SelectOf<Q>>
    : never;

type Relations<U extends OwnUid, P> = P extends undefined
  ? unknown
  : {
      [Name in Extract<keyof Attributes[U], P extends readonly (infer Listed)[] ? Listed : keyof P>]: Attributes[U][Name] extends {
        relation: infer Kind;
        target: infer Target;
      }
        ? Kind extends 'manyToOne'
          ? Found<Target, AskedOf<P, Name>> | null
          : Found<Target, AskedOf<P, Name>>[]
        : never;
    };

type AskedOf<P, Name> = Name extends keyof P ? P[Name] : true;

/**
 * A row with the relations that were asked for: `Row<'contact', ['account']>`, or `Row<'comment', typeof POPULATE>` with what a query asks for.
 */
export type Row<Name extends keyof typeof UID, P extends Populate = undefined> = Found<(typeof UID)[Name], { populate: P }>;

export interface Asked {
  select?: readonly string[];
  populate?: Populate;
}

interface Filter {
  where?: object;
  orderBy?: unknown;
  limit?: number;
  offset?: number;
}

interface Rows<U extends OwnUid> {
  findOne<const Q extends Asked>(query: Q & Filter): Promise<Found<U, Q> | null>;
  findMany<const Q extends Asked>(query: Q & Filter): Promise<Found<U, Q>[]>;
  create<const Q extends Asked>(query: Q & { data: object }): Promise<Found<U, Q>>;
  update<const Q extends Asked>(query: Q & { where: object; data: object }): Promise<Found<U, Q> | null>;
}

/** Strapi's query of one of our content types, with the types of its rows. */
export const rowsOf = <U extends OwnUid>(strapi: Core.Strapi, uid: U): Rows<U> => strapi.db.query(uid) as Rows<U>;
