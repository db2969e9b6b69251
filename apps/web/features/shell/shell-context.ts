'use client'
import type { Id } from '@parley/protocol'
import { createContext, use } from 'react'

export type Panel = { kind: 'people' } | { kind: 'search'; within?: Id } | null
export type OpenDialog =
  | { kind: 'palette' }
  | { kind: 'shortcuts' }
  | { kind: 'create-channel' }
  | { kind: 'browse-channels' }
  | { kind: 'new-message' }
  | { kind: 'devices' }
  | { kind: 'presence' }
  | { kind: 'profile' }
  | { kind: 'notifications' }
  | { kind: 'invite'; conversation: Id }
  | { kind: 'channel-details'; conversation: Id }
  | { kind: 'leave'; conversation: Id }
  | { kind: 'jump'; conversation: Id }

export type Shell = {
  panel: Panel
  setPanel: (panel: Panel) => void
  open: (dialog: OpenDialog) => void
}

export const ShellContext = createContext<Shell | null>(null)

/** What stands beside and above the conversation. */
export function useShell(): Shell {
  const shell = use(ShellContext)
  if (!shell) throw new Error('This part of the page stands outside AppShell.')
  return shell
}
