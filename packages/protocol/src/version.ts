import type { ConversationEvent, PersonalEvent } from './events.ts'
import type { ServerFrameType } from './frames.ts'

/**
 * The wire version. Raise it when a frame or event changes so that an older peer would misread it, and say
 * what changed. What clients send, the heads of polls and the kinds of frames and events from the server are held by a
 * test, so that a change is never silent.
 *
 * 1  first version
 * 2  presence: `presence.chosen` among the personal events, which an older client would not know, and `chosen` in
 *    `synced`
 * 3  `redirect` among the reasons of `bye`, which an older client would not know, and `addresses` beside it; `resume` in
 *    `welcome` and `pong`
 * 4  `activity`, `look` and the `presence` frame, which only whoever looks is sent. Later clients of it may say `n` in
 *    the `end` of a poll, which does no harm: an older node refuses that end, the session ends as one that nobody
 *    polls, and what the end would have brought waits in the outbox
 * 5  `database`, which an older client would not know; from now on clients let pass kinds of frames and of
 *    events that they do not know
 * 6  `next` in `messages`: an older client would take the page for whole, and is answered all of it at once
 */
export const PROTOCOL = 6
/** The oldest version that servers still accept. */
export const OLDEST_PROTOCOL = 3

/** Since which version clients know each frame from the server. Whose client is older is not sent it. */
export const SERVER_FRAMES = {
  welcome: 1,
  ack: 1,
  nack: 1,
  done: 1,
  failed: 1,
  events: 1,
  personal: 1,
  typing: 1,
  presence: 4,
  synced: 1,
  messages: 1,
  'changed-conversation': 1,
  'changed-person': 1,
  database: 5,
  resync: 1,
  pong: 1,
  bye: 1,
} satisfies Record<ServerFrameType, number>

/** Likewise each kind of event in `events` and `personal`. */
export const SERVER_EVENTS = {
  'message.created': 1,
  'message.changed': 1,
  'members.changed': 1,
  'conversation.changed': 1,
  'floor.moved': 1,
  'membership.added': 1,
  'membership.removed': 1,
  'membership.changed': 1,
  'thread.changed': 1,
  'presence.chosen': 2,
} satisfies Record<(ConversationEvent | PersonalEvent)['type'], number>
