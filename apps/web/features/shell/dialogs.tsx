'use client'
import { WithQueries } from '../api/with-queries.tsx'
import { fetched } from './fetched.tsx'
import type { OpenDialog } from './shell-context.ts'

/** Each is fetched when it is first opened. */
const Palette = fetched(() => import('./palette.tsx').then((file) => file.Palette))
const ShortcutsDialog = fetched(() => import('./shortcuts-dialog.tsx').then((file) => file.ShortcutsDialog))
const CreateChannel = fetched(() =>
  import('../channels/create-channel.tsx').then((file) => file.CreateChannel),
)
const BrowseChannels = fetched(() =>
  import('../channels/browse-channels.tsx').then((file) => file.BrowseChannels),
)
const ChannelDetails = fetched(() =>
  import('../channels/channel-details.tsx').then((file) => file.ChannelDetails),
)
const LeaveDialog = fetched(() => import('../channels/leave-dialog.tsx').then((file) => file.LeaveDialog))
const JumpDialog = fetched(() => import('../conversation/jump-dialog.tsx').then((file) => file.JumpDialog))
const InviteDialog = fetched(() => import('../people/invite-dialog.tsx').then((file) => file.InviteDialog))
const NewMessage = fetched(() => import('../people/new-message.tsx').then((file) => file.NewMessage))
const DevicesDialog = fetched(() => import('../people/devices-dialog.tsx').then((file) => file.DevicesDialog))
const NotificationsDialog = fetched(() =>
  import('../notifications/notifications-dialog.tsx').then((file) => file.NotificationsDialog),
)
const PresenceDialog = fetched(() =>
  import('../presence/presence-dialog.tsx').then((file) => file.PresenceDialog),
)
const ProfileDialog = fetched(() => import('../people/profile-dialog.tsx').then((file) => file.ProfileDialog))

export function Dialogs(props: { dialog: OpenDialog; onClose: () => void }) {
  return (
    <WithQueries>
      <Opened {...props} />
    </WithQueries>
  )
}

function Opened({ dialog, onClose }: { dialog: OpenDialog; onClose: () => void }) {
  switch (dialog.kind) {
    case 'palette':
      return <Palette onClose={onClose} />
    case 'shortcuts':
      return <ShortcutsDialog onClose={onClose} />
    case 'create-channel':
      return <CreateChannel onClose={onClose} />
    case 'browse-channels':
      return <BrowseChannels onClose={onClose} />
    case 'new-message':
      return <NewMessage onClose={onClose} />
    case 'devices':
      return <DevicesDialog onClose={onClose} />
    case 'presence':
      return <PresenceDialog onClose={onClose} />
    case 'profile':
      return <ProfileDialog onClose={onClose} />
    case 'notifications':
      return <NotificationsDialog onClose={onClose} />
    case 'invite':
      return <InviteDialog conversation={dialog.conversation} onClose={onClose} />
    case 'channel-details':
      return <ChannelDetails conversation={dialog.conversation} onClose={onClose} />
    case 'leave':
      return <LeaveDialog conversation={dialog.conversation} onClose={onClose} />
    case 'jump':
      return <JumpDialog conversation={dialog.conversation} onClose={onClose} />
  }
}
