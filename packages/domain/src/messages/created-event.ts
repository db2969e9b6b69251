import type { NewMessage, SentMessage } from '@parley/db/queries/send-messages'
import { type ConversationEvent, timeOf } from '@parley/protocol'

/** The event of a message just sent, made without reading it back: equal to what sync would answer. */
export function createdEvent(message: NewMessage, sent: SentMessage): ConversationEvent {
  return {
    version: sent.version,
    type: 'message.created',
    message: {
      id: sent.id,
      conversation: message.conversation,
      seq: sent.seq,
      version: sent.version,
      ordinal: sent.ordinal,
      root: message.root,
      sender: message.sender,
      client: message.client,
      text: message.text,
      at: timeOf(sent.id),
      editedAt: null,
      gone: null,
      mentions: message.mentions,
      reactions: [],
      files: sent.files ?? [],
      thread: null,
      pinned: false,
    },
    ...(sent.thread && { thread: sent.thread }),
  }
}
