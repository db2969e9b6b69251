'use client'
import { useEffect } from 'react'
import { useSession } from '../session/use-sync.ts'
import { inOrder, isUnread } from '../sidebar/sections.ts'
import { go, type Place, pathTo } from './place.ts'
import type { Shell } from './shell-context.ts'
import { beginTypingAhead } from './typed-ahead.ts'

/** What every keyboard shortcut is, for the handler and for the dialog that lists them. */
export const shortcuts = {
  palette: { keys: 'Mod+K', says: 'Go to a conversation, a person or an action' },
  search: { keys: 'Mod+Shift+F', says: 'Search messages' },
  next: { keys: 'Alt+↓', says: 'Next conversation' },
  previous: { keys: 'Alt+↑', says: 'Previous conversation' },
  nextUnread: { keys: 'Alt+Shift+↓', says: 'Next unread conversation' },
  ends: { keys: 'Home / End', says: 'To the first message, or back to the present' },
  jump: { keys: 'Mod+Shift+J', says: 'Jump to a day' },
  escape: { keys: 'Escape', says: 'Close what is beside the conversation, or mark it read' },
  send: { keys: 'Enter', says: 'Send the message' },
  newline: { keys: 'Shift+Enter', says: 'Begin a new line' },
  editLast: { keys: '↑', says: 'Edit your last message, from an empty composer' },
  help: { keys: 'Mod+/', says: 'Show these shortcuts' },
} as const

export function useShortcuts(place: Place, { panel, setPanel, open }: Shell): void {
  const { sync } = useSession()
  useEffect(() => {
    const here = place.at === 'conversation' ? place : null
    const step = (by: 1 | -1, unreadOnly: boolean) => {
      const rows = inOrder(sync.conversations())
      const at = rows.findIndex((row) => row.conversation.id === here?.conversation)
      for (let i = 1; i <= rows.length; i++) {
        const row = rows[(at + by * i + rows.length * 2) % rows.length]
        if (row && (!unreadOnly || isUnread(row))) return go(pathTo(row.conversation.id))
      }
    }
    const closeOrRead = () => {
      if (here?.root) return go(pathTo(here.conversation))
      if (panel) return setPanel(null)
      if (!here) return
      const mine = sync.conversation(here.conversation)
      if (mine) void sync.markRead(here.conversation, mine.conversation.seq).catch(() => {})
    }
    const openPalette = () => {
      beginTypingAhead()
      open({ kind: 'palette' })
    }
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      const mod = event.metaKey || event.ctrlKey
      const key = event.key.toLowerCase()
      const done =
        mod && key === 'k'
          ? openPalette
          : mod && key === '/'
            ? () => open({ kind: 'shortcuts' })
            : mod && event.shiftKey && key === 'f'
              ? () => setPanel({ kind: 'search', ...(here && { within: here.conversation }) })
              : mod && event.shiftKey && key === 'j' && here
                ? () => open({ kind: 'jump', conversation: here.conversation })
                : event.altKey && key === 'arrowdown'
                  ? () => step(1, event.shiftKey)
                  : event.altKey && key === 'arrowup'
                    ? () => step(-1, event.shiftKey)
                    : key === 'escape' && !document.querySelector('[role="dialog"],[role="menu"]')
                      ? closeOrRead
                      : null
      if (!done) return
      event.preventDefault()
      done()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [place, panel, setPanel, open, sync])
}
