import {
  deleteMessage,
  editMessage,
  find,
  history,
  markRead,
  markThreadRead,
  pin,
  react,
  search,
  sendMessage,
  threadHistory,
} from '@parley/domain/messages/index'
import { procedure, router } from '../trpc.ts'

/** Messages, for whoever is not at a socket. */
export const messages = router({
  send: procedure(sendMessage),
  edit: procedure(editMessage),
  delete: procedure(deleteMessage),
  react: procedure(react),
  pin: procedure(pin),
  markRead: procedure(markRead),
  markThreadRead: procedure(markThreadRead),
  history: procedure(history),
  threadHistory: procedure(threadHistory),
  search: procedure(search),
  find: procedure(find),
})
