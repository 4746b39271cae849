import { factories } from '@strapi/strapi';
import { UID } from '../services/uids';
import account from './account';
import answer from './answer';
import alert from './alert';
import authorization from './authorization';
import cannedReply from './canned-reply';
import contact from './contact';
import contactData from './contact-data';
import deadLetter from './dead-letter';
import comment from './comment';
import delivery from './delivery';
import emailTemplate from './email-template';
import message from './message';
import monitoring from './monitoring';
import rule from './rule';
import scanner from './scanner';
import settings from './settings';
import ticket from './ticket';
import ticketActions from './ticket-actions';
import upload from './upload';

export default {
  account,
  answer,
  alert,
  authorization,
  'canned-reply': cannedReply,
  'contact-data': contactData,
  contact,
  'dead-letter': deadLetter,
  comment,
  delivery,
  'email-template': emailTemplate,
  message,
  monitoring,
  rule,
  scanner,
  settings,
  ticket,
  upload,
  'ticket-actions': ticketActions,
  // REST for the site, by Strapi's own rules.
  'content-ticket': factories.createCoreController(UID.ticket as never),
  'content-comment': factories.createCoreController(UID.comment as never),
  'content-contact': factories.createCoreController(UID.contact as never),
  'content-account': factories.createCoreController(UID.account as never),
};
