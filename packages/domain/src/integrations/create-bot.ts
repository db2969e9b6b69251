import { permitted } from '../access.ts'
import { command } from '../command.ts'
import { type Bot, botCreated, makeBot, zNewBot } from './bots.ts'

/** Makes a bot that can be invited into conversations like anybody else. It acts through tokens. */
export const createBot = command({
  name: 'bot.create',
  input: zNewBot,
  access: permitted('tokens.manage'),
  limit: 'administration',
  tokens: 'never',
  audit: ({ result }: { result: Bot }) => botCreated(result),
  run: ({ tx, deps }, bot): Promise<Bot> => makeBot(tx, { ...bot, id: deps.newId(), now: deps.now() }),
})
