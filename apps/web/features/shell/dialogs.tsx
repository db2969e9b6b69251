'use client'
import dynamic from 'next/dynamic'
import { WithQueries } from '../api/with-queries.tsx'
import type { OpenDialog } from './shell-context.ts'

/** Each is fetched when it is first opened. */
const Palette = dynamic(() => import('./palette.tsx').then((file) => file.Palette))
const ShortcutsDialog = dynamic(() => import('./shortcuts-dialog.tsx').then((file) => file.ShortcutsDialog))
const CreateChannel = dynamic(() =>
  import('../channels/create-channel.tsx').then((file) => file.CreateChannel),
)
const BrowseChannels = dynamic(() =>
  import('../channels/browse-channels.tsx').then((file) => file.BrowseChannels),
)
const ChannelDetails = dynamic(() =>
  import('../channels/channel-details.tsx').then((file) => file.ChannelDetails),
)
const LeaveDialog = dynamic(() => import('../channels/leave-dialog.tsx').then((file) => file.LeaveDialog))
const JumpDialog = dynamic(() => import('../conversation/jump-dialog.tsx').then((file) => file.JumpDialog))
const InviteDialog = dynamic(() => import('../people/invite-dialog.tsx').then((file) => file.InviteDialog))
const NewMessage = dynamic(() => import('../people/new-message.tsx').then((file) => file.NewMessage))
const DevicesDialog = dynamic(() => import('../people/devices-dialog.tsx').then((file) => file.DevicesDialog))
const NotificationsDialog = dynamic(() =>
  import('../notifications/notifications-dialog.tsx').then((file) => file.NotificationsDialog),
)
const ProfileDialog = dynamic(() => import('../people/profile-dialog.tsx').then((file) => file.ProfileDialog))

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
