export { addException } from "./add-exception";
export { addStep } from "./add-step";
export { changeStep } from "./change-step";
export { changeTemplate } from "./change-template";
export { CHANGE_EVENTS } from "./constants";
export { dropMessages } from "./drop-messages";
export { endException } from "./end-exception";
export type { NotifierContext } from "./internal";
export { NOTIFICATION_SCHEDULES } from "./jobs";
export { type DueMessage, type DuePreview, listDueMessages } from "./list-due-messages";
export { findException, listExceptions, type ReminderException } from "./list-exceptions";
export { type LoggedMessage, listMessages, type MessagePage } from "./list-messages";
export { listOpenAccounts } from "./list-open-accounts";
export { MAX_PLANNED_ACCOUNTS, PlanMessagesInput, planMessages } from "./plan-messages";
export { type ChannelChoices, readChannelChoices } from "./read-channel-choices";
export { type Ladder, readLadder } from "./read-ladder";
export { resendMessage } from "./resend-message";
export { retryMessages } from "./retry-messages";
export {
  AddExceptionInput,
  AddStepInput,
  ChangeStepInput,
  ChangeTemplateInput,
  ChannelChoicesInput,
  EndExceptionInput,
  ListDueMessagesInput,
  ListExceptionsInput,
  ListMessagesInput,
  MessageInput,
  SetQuietHoursInput,
} from "./schema";
export { type SentMessage, sendMessage } from "./send-message";
export { setChannelChoices } from "./set-channel-choices";
export { setQuietHours } from "./set-quiet-hours";
