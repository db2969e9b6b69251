import { ConversationsPage } from '../../../features/conversations/conversations-page.tsx'

export default function Conversations() {
  return <ConversationsPage />
}
