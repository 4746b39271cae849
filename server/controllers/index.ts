import { factories } from '@strapi/strapi';
import { UID } from '../services/uids';
import absence from './absence';
import account from './account';
import answer from './answer';
import alert from './alert';
import authorization from './authorization';
import cannedReply from './canned-reply';
import contact from './contact';
import content from './content';
import contactData from './contact-data';
import customerTicket from './customer-ticket';
import deadLetter from './dead-letter';
import comment from './comment';
import delivery from './delivery';
import emailTemplate from './email-template';
import message from './message';
import monitoring from './monitoring';
import notice from './notice';
import rating from './rating';
import report from './report';
import rule from './rule';
import savedView from './saved-view';
import scanner from './scanner';
import serviceLevels from './service-levels';
import settings from './settings';
import tag from './tag';
import team from './team';
import ticket from './ticket';
import blockList from './block-list';
import ticketStatus from './ticket-status';
import ticketActions from './ticket-actions';
import trigger from './trigger';
import upload from './upload';
import webhook from './webhook';
import work from './work';

export default {
  absence,
  answer,
  alert,
  authorization,
  'block-list': blockList,
  'canned-reply': cannedReply,
  'contact-data': contactData,
  content,
  'customer-ticket': customerTicket,
  'dead-letter': deadLetter,
  delivery,
  'email-template': emailTemplate,
  message,
  monitoring,
  notice,
  rating,
  report,
  rule,
  'saved-view': savedView,
  scanner,
  'service-levels': serviceLevels,
  settings,
  trigger,
  upload,
  webhook,
  work,
  'ticket-actions': ticketActions,
  'admin-account': account,
  'admin-comment': comment,
  'admin-contact': contact,
  'admin-tag': tag,
  'admin-team': team,
  'admin-ticket': ticket,
  'admin-ticket-status': ticketStatus,
  // REST for the site, by Strapi's own rules. These have the names of their types, because that is what Strapi asks a role for where it
  // answers by GraphQL (`plugin::mail-scanner.ticket.find`) or with a relation.
  account: factories.createCoreController(UID.account),
  comment: factories.createCoreController(UID.comment),
  contact: factories.createCoreController(UID.contact),
  tag: factories.createCoreController(UID.tag),
  team: factories.createCoreController(UID.team),
  ticket: factories.createCoreController(UID.ticket),
  'ticket-status': factories.createCoreController(UID.ticketStatus),
};
