import {
  changePassword,
  invite,
  inviteMany,
  lookAtInvitation,
  previewInvitations,
  resendInvitation,
} from '@parley/domain/accounts/index'
import { posted, procedure, router } from '../trpc.ts'

/** Invitations and passwords. */
export const account = router({
  changePassword: procedure(changePassword),
  invite: procedure(invite),
  inviteMany: procedure(inviteMany),
  previewInvitations: posted(previewInvitations),
  resendInvitation: procedure(resendInvitation),
  invitation: procedure(lookAtInvitation),
})
