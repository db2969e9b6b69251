import type { NewMessage, SentRow } from '@parley/db/queries/send-messages'
import { type ConversationEvent, timeOf } from '@parley/protocol'

/** The event of a message just sent, made without reading it back: equal to what sync would answer. */
export function createdEvent(message: NewMessage, row: SentRow): ConversationEvent {
  return {
    version: row.o_version,
    type: 'message.created',
    message: {
      id: row.o_id,
      conversation: message.conversation,
      seq: row.o_seq,
      version: row.o_version,
      ordinal: row.o_ordinal,
      root: message.root,
      sender: message.sender,
      client: message.client,
      text: message.text,
      at: timeOf(row.o_id),
      editedAt: null,
      gone: null,
      mentions: message.mentions,
      reactions: [],
      files: row.o_files ?? [],
      thread: null,
      pinned: false,
    },
    ...(row.o_thread && { thread: row.o_thread }),
  }
}
