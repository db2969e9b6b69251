import { randomUUID } from 'node:crypto'
import type { APIRequestContext } from '@playwright/test'
import { act, ask } from './browser-people.ts'

/** A channel that no other test knows, made by this person. */
export async function newChannel(
  request: APIRequestContext,
  about: string,
  options: { kind?: 'public' | 'private'; topic?: string; purpose?: string } = {},
): Promise<{ id: string; name: string }> {
  const name = `${about}-${randomUUID().slice(0, 6)}`
  const { kind = 'public', ...rest } = options
  return act(request, 'conversations.create', { kind, name, ...rest })
}

/** What a browser of this person knows about who it belongs to. */
export const meOf = (request: APIRequestContext): Promise<{ id: string; name: string }> =>
  ask(request, 'people.me', {})

export async function post(
  request: APIRequestContext,
  conversation: string,
  text: string,
  root?: string,
): Promise<{ message: string; ordinal: number }> {
  return act(request, 'messages.send', { id: randomUUID(), conversation, text, ...(root && { root }) })
}
