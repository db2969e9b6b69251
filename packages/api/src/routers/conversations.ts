import {
  addOwner,
  archiveAnyChannel,
  archiveChannel,
  browse,
  changeChannel,
  createChannel,
  inviteToConversation,
  joinChannel,
  leaveConversation,
  listConversations,
  members,
  openDirect,
  removeFromChannel,
  renameAnyChannel,
  setForEveryone,
  setMemberRole,
  setMine,
} from '@parley/domain/conversations/index'
import { procedure, router } from '../trpc.ts'

/** Conversations: for their members, and below for administration. */
export const conversations = router({
  create: procedure(createChannel),
  openDirect: procedure(openDirect),
  browse: procedure(browse),
  join: procedure(joinChannel),
  leave: procedure(leaveConversation),
  invite: procedure(inviteToConversation),
  remove: procedure(removeFromChannel),
  members: procedure(members),
  setRole: procedure(setMemberRole),
  change: procedure(changeChannel),
  archive: procedure(archiveChannel),
  setMine: procedure(setMine),

  list: procedure(listConversations),
  archiveAny: procedure(archiveAnyChannel),
  renameAny: procedure(renameAnyChannel),
  addOwner: procedure(addOwner),
  setForEveryone: procedure(setForEveryone),
})
