import { queries, trpc } from '../api/trpc.ts'

/** A bot, token or webhook was made or ended from here: the lists begin anew, since each counts the others. */
export function integrationsChanged(): void {
  void queries.resetQueries({ queryKey: trpc.integrations.listTokens.pathKey() })
  void queries.resetQueries({ queryKey: trpc.integrations.listWebhooks.pathKey() })
  void queries.resetQueries({ queryKey: trpc.integrations.listBots.pathKey() })
}
