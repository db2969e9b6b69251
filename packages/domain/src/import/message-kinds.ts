/**
 * What becomes of Slack's kinds of message (`subtype`).
 * `said`: somebody's words. `action`: `/me waves`. `gone`: a deleted root that still has replies. `notice`: Slack
 * speaking of the channel itself, which our conversations tell in their own way. `repeat`: the same words again.
 * Source: https://docs.slack.dev/reference/events/message#subtypes
 */
export type MessageKind = 'said' | 'action' | 'gone' | 'notice' | 'repeat'

const KINDS = {
  bot_message: 'said',
  me_message: 'action',
  thread_broadcast: 'said',
  file_share: 'said',
  file_comment: 'said',
  slackbot_response: 'said',
  huddle_thread: 'said',
  document_mention: 'said',
  tombstone: 'gone',
  reply_broadcast: 'repeat',
  file_mention: 'repeat',
  message_replied: 'repeat',
  message_changed: 'repeat',
  message_deleted: 'repeat',
  assistant_app_thread: 'notice',
  app_conversation_join: 'notice',
  bot_add: 'notice',
  bot_remove: 'notice',
  bot_enable: 'notice',
  bot_disable: 'notice',
  bot_updated: 'notice',
  channel_archive: 'notice',
  channel_canvas_updated: 'notice',
  channel_convert_to_private: 'notice',
  channel_convert_to_public: 'notice',
  channel_join: 'notice',
  channel_leave: 'notice',
  channel_name: 'notice',
  channel_posting_permissions: 'notice',
  channel_purpose: 'notice',
  channel_topic: 'notice',
  channel_unarchive: 'notice',
  ekm_access_denied: 'notice',
  group_archive: 'notice',
  group_join: 'notice',
  group_leave: 'notice',
  group_name: 'notice',
  group_purpose: 'notice',
  group_topic: 'notice',
  group_unarchive: 'notice',
  joiner_notification: 'notice',
  joiner_notification_for_inviter: 'notice',
  pinned_item: 'notice',
  reminder_add: 'notice',
  reminder_delete: 'notice',
  sh_room_created: 'notice',
  sh_room_shared: 'notice',
  unpinned_item: 'notice',
} as const satisfies Record<string, MessageKind>

/** Null for a kind that this table does not know: Slack adds kinds without notice. */
export const kindOf = (subtype: string | null): MessageKind | null =>
  subtype === null ? 'said' : Object.hasOwn(KINDS, subtype) ? KINDS[subtype as keyof typeof KINDS] : null
