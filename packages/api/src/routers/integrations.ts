import {
  createBot,
  createToken,
  createWebhook,
  listBots,
  listTokens,
  listWebhooks,
  revokeToken,
  revokeWebhook,
  rotateWebhook,
  tokenChoices,
  webhookPlaces,
} from '@parley/domain/integrations/index'
import { procedure, router } from '../trpc.ts'

/** Bots, their tokens, and incoming webhooks: for administration. */
export const integrations = router({
  createBot: procedure(createBot),
  listBots: procedure(listBots),
  tokenChoices: procedure(tokenChoices),
  createToken: procedure(createToken),
  listTokens: procedure(listTokens),
  revokeToken: procedure(revokeToken),
  webhookPlaces: procedure(webhookPlaces),
  createWebhook: procedure(createWebhook),
  listWebhooks: procedure(listWebhooks),
  rotateWebhook: procedure(rotateWebhook),
  revokeWebhook: procedure(revokeWebhook),
})
