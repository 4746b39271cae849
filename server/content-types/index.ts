import account from './account/schema';
import activity from './activity/schema';
import attachment from './attachment/schema';
import authorization from './authorization/schema';
import cannedReply from './canned-reply/schema';
import comment from './comment/schema';
import contact from './contact/schema';
import delivery from './delivery/schema';
import emailTemplate from './email-template/schema';
import folderState from './folder-state/schema';
import message from './message/schema';
import rule from './rule/schema';
import scanner from './scanner/schema';
import tag from './tag/schema';
import team from './team/schema';
import ticket from './ticket/schema';
import ticketStatus from './ticket-status/schema';
import trigger from './trigger/schema';
import webhook from './webhook/schema';

export default {
  account: { schema: account },
  activity: { schema: activity },
  attachment: { schema: attachment },
  authorization: { schema: authorization },
  'canned-reply': { schema: cannedReply },
  comment: { schema: comment },
  contact: { schema: contact },
  delivery: { schema: delivery },
  'email-template': { schema: emailTemplate },
  'folder-state': { schema: folderState },
  message: { schema: message },
  rule: { schema: rule },
  scanner: { schema: scanner },
  tag: { schema: tag },
  team: { schema: team },
  ticket: { schema: ticket },
  'ticket-status': { schema: ticketStatus },
  trigger: { schema: trigger },
  webhook: { schema: webhook },
};
