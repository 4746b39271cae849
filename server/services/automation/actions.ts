import type { Core } from '@strapi/strapi';
import { actionRegistry } from '../action/registry';
import { answerCustomer } from './answer-customer';
import { callWebhook } from './call-webhook';
import { notifyPeople } from './notify-people';
import { writeNote } from './write-note';

/** Adds the actions that reach people and other programs: they need what stands above the room of the others. */
export function registerActions(strapi: Core.Strapi): void {
  for (const action of [answerCustomer, notifyPeople, writeNote, callWebhook]) actionRegistry(strapi).register(action);
}
