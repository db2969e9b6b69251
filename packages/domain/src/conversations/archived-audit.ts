import { entityOf } from './entity.ts'

type Done = {
  scope: { conversation: Parameters<typeof entityOf>[0] }
  input: { archived: boolean }
  result: { changed: boolean }
}

/** Archiving and restoring are told apart; an act that changed nothing leaves no record. */
export const archivedAudit = ({ scope, input: { archived }, result }: Done) =>
  result.changed
    ? ({
        action: archived ? 'conversation.archived' : 'conversation.restored',
        entity: entityOf(scope.conversation),
      } as const)
    : null
