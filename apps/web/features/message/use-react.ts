'use client'
import type { Message } from '@parley/protocol'
import { useSync } from '../session/use-sync.ts'
import { tellFailure } from './tell-failure.ts'

export function useReact(message: Message): (emoji: string, on: boolean) => void {
  const sync = useSync()
  return (emoji, on) => void sync.react(message.conversation, message.id, emoji, on).catch(tellFailure)
}
